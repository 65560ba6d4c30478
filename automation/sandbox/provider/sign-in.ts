import type { Estate, Principal } from "../account/estate";
import { assumeRole } from "../account/assume-role";
import type { Authorize } from "../account/allows-action";
import { AwsError, providerText } from "../account/aws-error";
import type { ProviderConfig } from "./provider-config";

/**
 * Who a provider instance is: its keys looked up in the account, its roles assumed one after the other through their trust
 * policies, its account among the allowed ones.
 *
 * @throws Error with the provider's own text otherwise.
 */
export function signIn(estate: Estate, config: ProviderConfig, authorize: Authorize): Principal {
  let principal = principalOf(estate, config);
  for (const role of config.assumeRoles) {
    try {
      principal = assumeRole(estate, principal, role, (action) => authorize(principal, action));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const call = {
        verb: "assuming",
        noun: `IAM Role (${role.roleArn})`,
        service: "STS",
        operation: "AssumeRole",
      } as const;
      throw new Error(
        `Cannot assume IAM Role. IAM Role (${role.roleArn}) cannot be assumed.\n\nError: ${providerText(call, error, estate.randomBytes)}`,
        { cause: error },
      );
    }
  }
  const refused = config.allowedAccountIds.length > 0 && !config.allowedAccountIds.includes(principal.account);
  if (refused || config.forbiddenAccountIds.includes(principal.account))
    throw new Error(`AWS account ID not allowed: ${principal.account}`);
  return principal;
}

function principalOf(estate: Estate, config: ProviderConfig): Principal {
  if (config.accessKey === undefined) {
    throw new Error(
      "No valid credential sources found. Please see https://www.pulumi.com/registry/packages/aws/installation-configuration/ for more information about providing credentials.",
    );
  }
  const key = estate.keys.get(config.accessKey);
  if (!key || key.secretAccessKey !== config.secretKey || key.sessionToken !== config.token) {
    throw refusal(estate, "InvalidClientTokenId", "The security token included in the request is invalid.");
  }
  if (key.expiresAt <= estate.clocks.wall())
    throw refusal(estate, "ExpiredToken", "The security token included in the request is expired");
  return key.principal;
}

function refusal(estate: Estate, code: string, message: string): Error {
  const call = {
    verb: "retrieving",
    noun: "caller identity from STS",
    service: "STS",
    operation: "GetCallerIdentity",
  } as const;
  const error = new AwsError(code, message);
  return new Error(`validating provider credentials: ${providerText(call, error, estate.randomBytes)}`, {
    cause: error,
  });
}
