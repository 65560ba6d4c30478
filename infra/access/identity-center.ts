import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Identity } from "../contract/access-file";
import type { RolePrincipal } from "../contract/environment-access";
import { arnOf } from "../contract/partition";

/** Arguments of IdentityCenter. */
export interface IdentityCenterArgs {
  readonly identity: Identity;
}

/**
 * The organisation's Identity Center, by a provider of its own account and region. Nothing is created in it here, and its
 * attributes for access control are never written: they belong to its owners.
 */
export class IdentityCenter extends pulumi.ComponentResource {
  readonly provider: aws.Provider;
  readonly instanceArn: pulumi.Output<string>;
  readonly identityStoreId: pulumi.Output<string>;

  constructor(name: string, args: IdentityCenterArgs, options?: pulumi.ComponentResourceOptions) {
    super("sallyport:access:IdentityCenter", name, {}, options);
    const { account, region, assumeRole } = args.identity;
    const role =
      assumeRole === undefined ? [] : [{ roleArn: arnOf({ region }, "iam", "", account, `role/${assumeRole}`) }];
    this.provider = new aws.Provider(
      name,
      {
        region: region as aws.Region,
        allowedAccountIds: [account],
        ...(role.length === 0 ? {} : { assumeRoles: role }),
      },
      { parent: this },
    );
    const instances = aws.ssoadmin.getInstancesOutput({}, { parent: this, provider: this.provider });
    const only = (values: readonly string[]): string => {
      if (values[0] === undefined)
        throw new Error(`account ${account} has no Identity Center instance in ${region}: see identity in access.yaml`);
      return values[0];
    };
    this.instanceArn = instances.arns.apply(only);
    this.identityStoreId = instances.identityStoreIds.apply(only);
    this.registerOutputs({ instanceArn: this.instanceArn, identityStoreId: this.identityStoreId });
  }

  /** The directory's id of a person or group; a missing one fails the deployment before anything is assigned. */
  principalId(principal: RolePrincipal): pulumi.Output<string> {
    const options = { parent: this, provider: this.provider };
    const lookup = (attributePath: string) => ({
      identityStoreId: this.identityStoreId,
      alternateIdentifier: { uniqueAttribute: { attributePath, attributeValue: principal.name } },
    });
    if (principal.kind === "group") return aws.identitystore.getGroupOutput(lookup("DisplayName"), options).groupId;
    return aws.identitystore.getUserOutput(lookup("UserName"), options).userId;
  }
}
