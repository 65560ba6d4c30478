import type { ClusterFacts } from "./cluster-facts";
import { descriptorPath, DOOR_TAG_KEY, doorTagValue, sessionDocumentName } from "./names";
import { arnOf } from "./partition";
import { policyOf, type PolicyDocument, type Statement } from "./policy-document";
import type { RoleEnds } from "./role-end";

/** What a permission set's policy is made of. */
export interface PermissionSetPolicyInput {
  readonly estate: string;
  readonly env: string;
  /** The environment's account and region. */
  readonly account: string;
  readonly region: string;
  /** Region of Identity Center, where the descriptor stands. */
  readonly identityRegion: string;
  /** Key of the access-control attribute. */
  readonly attributeKey: string;
  readonly role: { readonly name: string; readonly login: "self" | "separate" };
  /** The clusters that the role covers. */
  readonly clusters: readonly ClusterFacts[];
  readonly ends: RoleEnds;
}

/**
 * The inline policy of one role's permission set: log in as oneself, through the tagged bastion, with the pinned documents, and
 * nothing else. Statements follow the Systems Manager user guide, "Additional sample IAM policies for Session Manager", and the
 * Aurora user guide, "Creating and using an IAM policy for IAM database access".
 */
export function permissionSetPolicy(input: PermissionSetPolicyInput): PolicyDocument {
  const { account, region } = input;
  const own = (service: string, resource: string): string => arnOf({ region }, service, region, account, resource);
  const instances = own("ec2", "instance/*"); // any instance id: the tag decides, so that the bastion may be replaced
  const sessions = own("ssm", "session/*"); // a channel also needs the token of the caller's own StartSession
  const documents = documentNames(input).map((name) => own("ssm", `document/${name}`));
  return policyOf([
    { Sid: "ConnectAsSelf", Effect: "Allow", Action: "rds-db:connect", Resource: databaseUsers(input) },
    {
      Sid: "TunnelTarget",
      Effect: "Allow",
      Action: "ssm:StartSession",
      Resource: instances,
      Condition: {
        StringEquals: { [`ssm:resourceTag/${DOOR_TAG_KEY}`]: doorTagValue(input.estate, input.env) },
        // IfExists: the key is absent where the check is implied, and plain Bool then denies even the pinned document.
        BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" },
      },
    },
    { Sid: "TunnelDocument", Effect: "Allow", Action: "ssm:StartSession", Resource: documents },
    { Sid: "DataChannel", Effect: "Allow", Action: "ssmmessages:OpenDataChannel", Resource: sessions },
    {
      Sid: "OwnSessions",
      Effect: "Allow",
      Action: ["ssm:TerminateSession", "ssm:ResumeSession"],
      Resource: sessions,
      // The system tag's value begins with role-id:session-name, which is aws:userid; seen both exact and with a suffix.
      Condition: { StringLike: { "ssm:resourceTag/aws:ssmmessages:session-id": "${aws:userid}*" } },
    },
    {
      Sid: "ReadDescriptor",
      Effect: "Allow",
      Action: "ssm:GetParametersByPath",
      Resource: descriptorArns(input),
    },
    { Sid: "CheckDocument", Effect: "Allow", Action: "ssm:DescribeDocument", Resource: documents },
    {
      Sid: "FindTarget",
      Effect: "Allow",
      Action: ["ssm:DescribeInstanceInformation", "ssm:GetConnectionStatus", "rds:DescribeDBClusters"],
      Resource: "*", // list calls: AWS checks them against no single resource
    },
    { Sid: "NoOtherDocuments", Effect: "Deny", Action: "ssm:StartSession", NotResource: [instances, ...documents] },
    ...endStatements(input),
  ]);
}

function documentNames({ estate, env, clusters }: PermissionSetPolicyInput): string[] {
  return clusters.flatMap(({ name }) =>
    (["writer", "reader"] as const).map((endpoint) => sessionDocumentName(estate, env, name, endpoint)),
  );
}

function databaseUsers(input: PermissionSetPolicyInput): string[] {
  const { account, region, role } = input;
  const user = `\${aws:PrincipalTag/${input.attributeKey}}`;
  const login = role.login === "self" ? user : `${user}--${role.name}`;
  return input.clusters.map((cluster) =>
    arnOf({ region }, "rds-db", region, account, `dbuser:${cluster.resourceId}/${login}`),
  );
}

function descriptorArns({ estate, region, account, identityRegion }: PermissionSetPolicyInput): string[] {
  const folder = arnOf({ region }, "ssm", identityRegion, account, `parameter${descriptorPath(estate)}`);
  return [folder, `${folder}/*`]; // AWS checks the path itself and, for a recursive read, what is below it
}

/** A Deny for each end: it also binds credentials that were issued before it. */
function endStatements({ ends, attributeKey }: PermissionSetPolicyInput): Statement[] {
  const after = (until: string): { DateGreaterThanEquals: { "aws:CurrentTime": string } } => ({
    DateGreaterThanEquals: { "aws:CurrentTime": until },
  });
  const deny = { Effect: "Deny", Action: "*", Resource: "*" } as const; // everything: the role has ended
  const persons = ends.persons.map(({ until, userNames }, index): Statement => ({
    Sid: `End${index + 1}`,
    ...deny,
    Condition: { ...after(until), StringEquals: { [`aws:PrincipalTag/${attributeKey}`]: userNames } },
  }));
  return ends.everybody === undefined
    ? persons
    : [...persons, { Sid: "EndOfRole", ...deny, Condition: after(ends.everybody) }];
}
