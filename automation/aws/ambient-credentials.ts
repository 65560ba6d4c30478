import { STSClient } from "@aws-sdk/client-sts";
import { SallyportError } from "../core/errors";
import type { AwsCredentials } from "./options";

/**
 * The machine's own credentials by the SDK's chain (environment, profile, web identity, instance), asked anew when they near
 * their end. For the runner; people use the sign-in record only.
 */
export function ambientCredentials(region: string): () => Promise<AwsCredentials> {
  const client = new STSClient({ region });
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
      throw new SallyportError("AUTH_NOT_SIGNED_IN", {
        message: "No AWS credentials were found in the environment, the profile or the machine.",
        next: "set AWS_PROFILE, or sign in with the AWS CLI",
        cause,
      });
    }
  };
}
