import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SallyportError } from "../core/errors";
import type { Redactor } from "../core/redactor";
import { makeCall } from "./call";
import { clientSettings, type AwsOptions } from "./options";

export interface SecretsManager {
  /** The master's user name and password from a secret that RDS manages; the password is registered as a secret first. */
  masterLogin(secretArn: string): Promise<{ readonly username: string; readonly password: string }>;
}

/** Secrets Manager: the master's secret, which is read once when an environment begins. */
export function makeSecretsManager(options: AwsOptions & { readonly redactor: Redactor }): SecretsManager {
  const client = new SecretsManagerClient(clientSettings(options));
  const call = makeCall(client, "secretsmanager", options);
  return {
    masterLogin: async (secretArn) => {
      const answer = await call("GetSecretValue", (http) =>
        client.send(new GetSecretValueCommand({ SecretId: secretArn }), http),
      );
      const login = readLogin(answer.SecretString ?? "");
      if (!login)
        throw new SallyportError("AWS_CALL_FAILED", {
          message: `The secret ${secretArn} does not hold a user name and password as RDS writes them.`,
        });
      options.redactor.register(login.password);
      return login;
    },
  };
}

/** RDS's form (RDS user guide, "Password management with Secrets Manager"): `{"username": …, "password": …}`. */
function readLogin(text: string): { username: string; password: string } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || !("username" in value) || !("password" in value))
      return undefined;
    if (typeof value.username !== "string" || typeof value.password !== "string") return undefined;
    return { username: value.username, password: value.password };
  } catch {
    return undefined;
  }
}
