import {
  DescribeInstanceAccessControlAttributeConfigurationCommand,
  ListInstancesCommand,
  SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import { SallyportError } from "../core/errors";
import { allPages, makeCall } from "./call";
import { clientSettings, type AwsOptions } from "./options";

/** An instance of Identity Center. */
export interface IdentityCenterInstance {
  readonly instanceArn: string;
  readonly identityStoreId: string;
  readonly ownerAccount: string;
}

export interface SsoAdmin {
  instances(): Promise<IdentityCenterInstance[]>;
  /** Attributes for access control: session-tag key → sources. Empty if the feature was never configured. */
  accessControlAttributes(instanceArn: string): Promise<Record<string, readonly string[]>>;
}

/** Identity Center's administration; answers only in its own account and region. */
export function makeSsoAdmin(options: AwsOptions): SsoAdmin {
  const client = new SSOAdminClient(clientSettings(options));
  const call = makeCall(client, "sso-admin", options);
  return {
    instances: () =>
      allPages(async (token) => {
        const input = token === undefined ? {} : { NextToken: token };
        const answer = await call("ListInstances", (http) => client.send(new ListInstancesCommand(input), http));
        const items = (answer.Instances ?? []).map((one) => ({
          instanceArn: one.InstanceArn ?? "",
          identityStoreId: one.IdentityStoreId ?? "",
          ownerAccount: one.OwnerAccountId ?? "",
        }));
        return { items, next: answer.NextToken };
      }),
    accessControlAttributes: async (instanceArn) => {
      try {
        const command = new DescribeInstanceAccessControlAttributeConfigurationCommand({ InstanceArn: instanceArn });
        const answer = await call("DescribeInstanceAccessControlAttributeConfiguration", (http) =>
          client.send(command, http),
        );
        const attributes = answer.InstanceAccessControlAttributeConfiguration?.AccessControlAttributes ?? [];
        return Object.fromEntries(attributes.map((one) => [one.Key ?? "", one.Value?.Source ?? []]));
      } catch (thrown) {
        if (
          thrown instanceof SallyportError &&
          thrown.cause instanceof Error &&
          thrown.cause.name === "ResourceNotFoundException"
        )
          return {};
        throw thrown;
      }
    },
  };
}
