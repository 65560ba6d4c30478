import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { SECURITY_GROUPS, SECURITY_RULES, type GroupName, type SecurityRule } from "./security-rules";

/** Arguments of SecurityGroups. */
export interface SecurityGroupsArgs {
  readonly vpcId: pulumi.Input<string>;
}

/** A group's description cannot be changed without replacing it: never edit these. */
const DESCRIPTIONS: Readonly<Record<GroupName, string>> = {
  bastion: "Bastion: dials out to the endpoints and the databases",
  endpoint: "Session Manager endpoints: reached by the bastion",
  database: "Databases: reached by the bastion",
};

/** The three groups, made empty, and one resource for each rule of the table. */
export class SecurityGroups extends pulumi.ComponentResource {
  /** Group ids by name. */
  readonly ids: Readonly<Record<GroupName, pulumi.Output<string>>>;
  /** The rules, for whoever must not start before they stand. */
  readonly rules: readonly pulumi.Resource[];

  constructor(name: string, args: SecurityGroupsArgs, options?: pulumi.ComponentResourceOptions) {
    super("sallyport:network:SecurityGroups", name, {}, options);
    const group = (kind: GroupName): pulumi.Output<string> =>
      new aws.ec2.SecurityGroup(
        `${name}-${kind}`,
        { vpcId: args.vpcId, description: DESCRIPTIONS[kind], tags: { Name: `${name}-${kind}` } },
        { parent: this },
      ).id;
    const ids = Object.fromEntries(SECURITY_GROUPS.map((kind) => [kind, group(kind)])) as Record<
      GroupName,
      pulumi.Output<string>
    >;
    this.ids = ids;
    this.rules = SECURITY_RULES.map((rule) => this.rule(name, rule, ids));
    this.registerOutputs({ ids: this.ids });
  }

  private rule(
    name: string,
    rule: SecurityRule,
    ids: Readonly<Record<GroupName, pulumi.Output<string>>>,
  ): pulumi.Resource {
    const Rule = rule.direction === "ingress" ? aws.vpc.SecurityGroupIngressRule : aws.vpc.SecurityGroupEgressRule;
    return new Rule(
      `${name}-${rule.name}`,
      {
        securityGroupId: ids[rule.group],
        ipProtocol: "tcp",
        fromPort: rule.port,
        toPort: rule.port,
        referencedSecurityGroupId: ids[rule.peer],
        description: rule.name,
      },
      { parent: this },
    );
  }
}
