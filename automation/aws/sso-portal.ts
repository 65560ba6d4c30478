import {
  GetRoleCredentialsCommand,
  ListAccountRolesCommand,
  ListAccountsCommand,
  LogoutCommand,
  SSOClient,
} from "@aws-sdk/client-sso";
import { SallyportError } from "../core/errors";
import { allPages, makeCall } from "./call";
import { clientSettings, type AwsCredentials, type AwsOptions } from "./options";

/** The access portal as a signed-in person sees it. The bearer token is the only credential; nothing is signed. */
export interface SsoPortal {
  /** Account numbers that the person can enter. */
  accounts(): Promise<string[]>;
  /** Permission sets of the person in an account. */
  roles(account: string): Promise<string[]>;
  roleCredentials(account: string, role: string): Promise<AwsCredentials>;
  /** Ends the sign-in on AWS's side. */
  logout(): Promise<void>;
}

/** The access portal's API. A token that is a function is asked for with each call: the person may have signed in again. */
export function makeSsoPortal(options: AwsOptions & { readonly accessToken: string | (() => string) }): SsoPortal {
  const client = new SSOClient(clientSettings(options));
  const call = makeCall(client, "sso", options);
  const present = (): { accessToken: string } => {
    const { accessToken } = options;
    return { accessToken: typeof accessToken === "string" ? accessToken : accessToken() };
  };
  return {
    accounts: () =>
      allPages(async (token) => {
        const input = { ...present(), ...(token === undefined ? {} : { nextToken: token }) };
        const answer = await call("ListAccounts", (http) => client.send(new ListAccountsCommand(input), http));
        return { items: (answer.accountList ?? []).map((one) => one.accountId ?? ""), next: answer.nextToken };
      }),
    roles: (account) =>
      allPages(async (token) => {
        const input = { ...present(), accountId: account, ...(token === undefined ? {} : { nextToken: token }) };
        const answer = await call("ListAccountRoles", (http) => client.send(new ListAccountRolesCommand(input), http));
        return { items: (answer.roleList ?? []).map((one) => one.roleName ?? ""), next: answer.nextToken };
      }),
    roleCredentials: async (account, role) => {
      const command = new GetRoleCredentialsCommand({ ...present(), accountId: account, roleName: role });
      const issued = (await call("GetRoleCredentials", (http) => client.send(command, http))).roleCredentials;
      if (!issued?.accessKeyId || !issued.secretAccessKey || !issued.sessionToken) {
        throw new SallyportError("AWS_CALL_FAILED", {
          message: `sso:GetRoleCredentials for ${role} in ${account} answered without credentials.`,
        });
      }
      const { accessKeyId, secretAccessKey, sessionToken, expiration } = issued;
      return {
        accessKeyId,
        secretAccessKey,
        sessionToken,
        ...(expiration ? { expiration: new Date(expiration) } : {}),
      };
    },
    logout: async () => {
      await call("Logout", (http) => client.send(new LogoutCommand(present()), http));
    },
  };
}
