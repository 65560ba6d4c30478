import type { ResourceRule } from "../rule";
import { isObject, isSet } from "../values";

/** What an access path consists of, as far as it takes tags. */
const TAGGED = [
  "aws:ec2/instance:Instance",
  "aws:ec2/vpc:Vpc",
  "aws:ec2/subnet:Subnet",
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/vpcEndpoint:VpcEndpoint",
  "aws:rds/cluster:Cluster",
  "aws:rds/clusterInstance:ClusterInstance",
  "aws:rds/instance:Instance",
  "aws:rds/proxy:Proxy",
  "aws:ssm/document:Document",
  "aws:ssm/parameter:Parameter",
  "aws:ssoadmin/permissionSet:PermissionSet",
  "aws:iam/role:Role",
  "aws:iam/policy:Policy",
  "aws:kms/key:Key",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:cloudtrail/trail:Trail",
];

/** Everything of an access path says whose it is. The provider's default tags stand in `tags` by then. */
export const tagsRequired: ResourceRule = {
  id: "tags-required",
  title: "Each resource of an access path has the configured tags",
  why: "Rights by tag and the question whose this is both need an answer on every resource",
  severity: "low",
  level: "advisory",
  references: ["AWS Well-Architected COST03", "FSBP RDS.28"],
  fix: "Write the configured keys in tags, or in defaultTags of the provider",
  parameters: {
    keys: { type: "strings", about: 'Tags that must be there, e.g. ["owner", "environment", "access-role"]' },
  },
  types: TAGGED,
  check: ({ props }, { report, part, notApplicable }, { keys }) => {
    if (!Array.isArray(keys)) return notApplicable("the setting keys is not there");
    const tags = props["tags"];
    for (const key of keys as readonly string[]) {
      part(() => {
        const value = isObject(tags) ? tags[key] : undefined;
        if (!isSet(value) || value === "") report(`tags lacks ${key}`);
      });
    }
  },
};
