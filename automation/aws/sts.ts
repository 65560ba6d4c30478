import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { SallyportError } from "../core/errors";
import { makeCall } from "./call";
import { clientSettings, type AwsCredentials, type AwsOptions } from "./options";

/** Who the credentials are. `userName` is the session name of an assumed role (a person's name in Identity Center), else the IAM user's. */
export interface CallerIdentity {
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
  readonly userName: string;
}

export interface Sts {
  getCallerIdentity(): Promise<CallerIdentity>;
  assumeRole(request: {
    readonly roleArn: string;
    readonly sessionName: string;
    readonly durationSeconds?: number;
  }): Promise<AwsCredentials>;
}

/** Security Token Service: who am I, and becoming somebody else. */
export function makeSts(options: AwsOptions): Sts {
  const client = new STSClient(clientSettings(options));
  const call = makeCall(client, "sts", options);
  return {
    getCallerIdentity: async () => {
      const answer = await call("GetCallerIdentity", (http) => client.send(new GetCallerIdentityCommand({}), http));
      const arn = answer.Arn ?? "";
      return {
        account: answer.Account ?? "",
        arn,
        userId: answer.UserId ?? "",
        userName: arn.slice(arn.lastIndexOf("/") + 1),
      };
    },
    assumeRole: async ({ roleArn, sessionName, durationSeconds }) => {
      const input = {
        RoleArn: roleArn,
        RoleSessionName: sessionName,
        ...(durationSeconds === undefined ? {} : { DurationSeconds: durationSeconds }),
      };
      const answer = await call("AssumeRole", (http) => client.send(new AssumeRoleCommand(input), http));
      const issued = answer.Credentials;
      if (!issued?.AccessKeyId || !issued.SecretAccessKey || !issued.SessionToken) {
        throw new SallyportError("AWS_CALL_FAILED", {
          message: `sts:AssumeRole for ${roleArn} answered without credentials.`,
        });
      }
      return {
        accessKeyId: issued.AccessKeyId,
        secretAccessKey: issued.SecretAccessKey,
        sessionToken: issued.SessionToken,
        ...(issued.Expiration ? { expiration: issued.Expiration } : {}),
      };
    },
  };
}
