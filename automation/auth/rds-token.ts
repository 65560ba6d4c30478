import { Signer } from "@aws-sdk/rds-signer";
import { currentCredentials, type CredentialSource } from "../aws/options";
import type { Redactor } from "../core/redactor";

/** For which login a token is made. */
export interface TokenRequest {
  readonly region: string;
  readonly credentials: CredentialSource;
  /** The real endpoint's host name: the server compares it, so it is never the tunnel's local address. */
  readonly endpoint: string;
  /** The server's port, never a local one. */
  readonly port: number;
  /** The database login, byte for byte. */
  readonly user: string;
  readonly redactor: Redactor;
}

/**
 * An IAM database token (RDS user guide, "Connecting using IAM authentication"): valid for 15 minutes, made without a call to
 * AWS. It is registered as a secret before it is answered.
 */
export async function rdsToken(request: TokenRequest): Promise<string> {
  const signer = new Signer({
    region: request.region,
    hostname: request.endpoint,
    port: request.port,
    username: request.user,
    credentials: { ...(await currentCredentials(request.credentials)) },
  });
  const token = await signer.getAuthToken();
  request.redactor.register(token);
  return token;
}
