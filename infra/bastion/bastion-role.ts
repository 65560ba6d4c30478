import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bastionPolicy, bastionTrustPolicy } from "../contract/bastion-policy";
import { bastionRoleName } from "../contract/names";
import { policyText } from "../contract/policy-document";

/** Arguments of BastionRole. */
export interface BastionRoleArgs {
  readonly estate: string;
  readonly env: string;
  readonly region: string;
}

/** The bastion's own role and instance profile: the agent's calls, nothing else. */
export class BastionRole extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly roleName: pulumi.Output<string>;
  /** Known only once the role's policy stands, so that the agent never starts without it. */
  readonly profileName: pulumi.Output<string>;

  constructor(name: string, args: BastionRoleArgs, options?: pulumi.ComponentResourceOptions) {
    super("sallyport:bastion:BastionRole", name, {}, options);
    const role = new aws.iam.Role(
      name,
      {
        name: bastionRoleName(args.estate, args.env),
        description: `Session Manager agent of ${args.estate}/${args.env}`,
        assumeRolePolicy: policyText(bastionTrustPolicy(args.region)),
      },
      { parent: this },
    );
    const policy = new aws.iam.RolePolicy(
      `${name}-agent`,
      { name: "agent", role: role.name, policy: policyText(bastionPolicy()) },
      { parent: this },
    );
    const profile = new aws.iam.InstanceProfile(
      `${name}-profile`,
      { name: bastionRoleName(args.estate, args.env), role: role.name },
      { parent: this, dependsOn: [policy] },
    );
    this.arn = role.arn;
    this.roleName = role.name;
    this.profileName = profile.name;
    this.registerOutputs({ arn: this.arn, roleName: this.roleName, profileName: this.profileName });
  }
}
