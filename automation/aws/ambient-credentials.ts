import { STSClient } from "@aws-sdk/client-sts";
import { SallyportError } from "../core/errors";
import { tlsProblem } from "../network/tls-problem";
import { clientSettings, type AwsCredentials, type AwsOptions } from "./options";

/**
 * The machine's own credentials by the SDK's chain (environment, profile, web identity, instance), asked anew when they near
 * their end. For the runner; people use the sign-in record only. What the chain has to ask AWS for goes by the options' network.
 *
 * Errors: AUTH_NOT_SIGNED_IN; TLS_UNTRUSTED, TLS_WRONG_NAME and HTTP_PROXY_FAILED of the chain's own calls.
 */
export function ambientCredentials(options: Omit<AwsOptions, "credentials">): () => Promise<AwsCredentials> {
  const client = new STSClient(clientSettings(options));
  return async () => {
    try {
      const found = await client.config.credentials();
      return {
        accessKeyId: found.accessKeyId,
        secretAccessKey: found.secretAccessKey,
        ...(found.sessionToken === undefined ? {} : { sessionToken: found.sessionToken }),
        ...(found.expiration === undefined ? {} : { expiration: found.expiration }),
      };
    } catch (cause) {
      if (cause instanceof SallyportError) throw cause;
      const untrusted = cause instanceof Error ? tlsProblem("Looking for AWS credentials", cause) : undefined;
      if (untrusted) throw untrusted;
      throw new SallyportError("AUTH_NOT_SIGNED_IN", {
        message: "No AWS credentials were found in the environment, the profile or the machine.",
        next: "set AWS_PROFILE, or sign in with the AWS CLI",
        cause,
      });
    }
  };
}
