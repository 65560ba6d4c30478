import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterFacts } from "../contract/cluster-facts";
import { isoDuration } from "../contract/duration";
import type { EnvironmentRole } from "../contract/environment-access";
import { permissionSetPolicy } from "../contract/permission-set-policy";
import { policyText } from "../contract/policy-document";
import { roleEnds } from "../contract/role-end";
import type { IdentityCenter } from "./identity-center";

/** Arguments of PermissionSets. */
export interface PermissionSetsArgs {
  readonly estate: string;
  readonly env: string;
  readonly region: string;
  readonly account: pulumi.Input<string>;
  readonly identityRegion: string;
  readonly attributeKey: string;
  readonly roles: readonly EnvironmentRole[];
  readonly clusters: readonly pulumi.Output<ClusterFacts>[];
  readonly identityCenter: IdentityCenter;
}

/** One permission set per role, with its policy and its assignments to people and groups. */
export class PermissionSets extends pulumi.ComponentResource {
  /** ARN by role. */
  readonly arns: Readonly<Record<string, pulumi.Output<string>>>;
  /** Known once the last assignment stands. */
  readonly done: pulumi.Output<boolean>;

  constructor(name: string, args: PermissionSetsArgs, options?: pulumi.ComponentResourceOptions) {
    super("sallyport:access:PermissionSets", name, {}, options);
    const arns: Record<string, pulumi.Output<string>> = {};
    // Identity Center provisions one role at a time in an account and refuses the others: so one after the other.
    let before: pulumi.Resource | undefined;
    for (const role of args.roles) {
      const set = this.permissionSet(name, role, args);
      before = this.policy(name, role, set, args, before);
      for (const principal of role.principals) before = this.assignment(name, role, principal, set, args, before);
      arns[role.name] = set.arn;
    }
    this.arns = arns;
    this.done = pulumi.output(before?.urn).apply(() => true);
    this.registerOutputs({ arns: this.arns, done: this.done });
  }

  private permissionSet(name: string, role: EnvironmentRole, args: PermissionSetsArgs): aws.ssoadmin.PermissionSet {
    return new aws.ssoadmin.PermissionSet(
      `${name}-${role.name}`,
      {
        instanceArn: args.identityCenter.instanceArn,
        name: role.permissionSet,
        description: `${role.name} in the databases of ${args.estate}/${args.env}`,
        sessionDuration: isoDuration(role.sessionSeconds),
      },
      this.inIdentityAccount(args),
    );
  }

  private policy(
    name: string,
    role: EnvironmentRole,
    set: aws.ssoadmin.PermissionSet,
    args: PermissionSetsArgs,
    before: pulumi.Resource | undefined,
  ): pulumi.Resource {
    const { estate, env, region, identityRegion, attributeKey } = args;
    const inlinePolicy = pulumi.all([args.account, pulumi.all([...args.clusters])]).apply(([account, all]) => {
      const clusters = all.filter((cluster) => role.databases.some((database) => database.cluster === cluster.name));
      const ends = roleEnds(role.principals);
      return policyText(
        permissionSetPolicy({ estate, env, account, region, identityRegion, attributeKey, role, clusters, ends }),
      );
    });
    return new aws.ssoadmin.PermissionSetInlinePolicy(
      `${name}-${role.name}`,
      { instanceArn: set.instanceArn, permissionSetArn: set.arn, inlinePolicy },
      this.inIdentityAccount(args, before),
    );
  }

  private assignment(
    name: string,
    role: EnvironmentRole,
    principal: EnvironmentRole["principals"][number],
    set: aws.ssoadmin.PermissionSet,
    args: PermissionSetsArgs,
    before: pulumi.Resource,
  ): pulumi.Resource {
    return new aws.ssoadmin.AccountAssignment(
      `${name}-${role.name}-${principal.kind}-${principal.name}`,
      {
        instanceArn: set.instanceArn,
        permissionSetArn: set.arn,
        principalId: args.identityCenter.principalId(principal),
        principalType: principal.kind === "group" ? "GROUP" : "USER",
        targetId: args.account,
        targetType: "AWS_ACCOUNT",
      },
      this.inIdentityAccount(args, before),
    );
  }

  private inIdentityAccount(args: PermissionSetsArgs, before?: pulumi.Resource): pulumi.CustomResourceOptions {
    const order = before === undefined ? {} : { dependsOn: [before] };
    return { parent: this, provider: args.identityCenter.provider, ...order };
  }
}
