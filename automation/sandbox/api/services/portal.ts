import type { DirectoryUser, Estate } from "../../account/estate";
import { issueKeys } from "../../iam/issue-keys";
import type { RouteAnswer, RouteRequest, UnsignedRoute } from "../unsigned-route";
import { entriesOf, principalOf } from "./portal-access";
import type { SignIn } from "./sign-in";

/** The access portal's paths: ListAccounts, ListAccountRoles, GetRoleCredentials, Logout. The bearer token is the only credential. */
export function portalRoutes(estate: Estate, signIn: SignIn): UnsignedRoute[] {
  const asPerson =
    (handle: (user: DirectoryUser, request: RouteRequest) => RouteAnswer) =>
    (request: RouteRequest): RouteAnswer => {
      const user = signIn.personOf(request.headers["x-amz-sso_bearer_token"]);
      return user
        ? handle(user, request)
        : { status: 401, errorType: "UnauthorizedException", json: { message: "Session token not found or invalid" } };
    };
  return [
    { method: "GET", path: "/assignment/accounts", handle: asPerson((user) => accounts(estate, user)) },
    {
      method: "GET",
      path: "/assignment/roles",
      handle: asPerson((user, { url }) => roles(estate, user, url.searchParams.get("account_id"))),
    },
    {
      method: "GET",
      path: "/federation/credentials",
      handle: asPerson((user, { url }) => credentials(estate, user, url.searchParams)),
    },
    {
      method: "POST",
      path: "/logout",
      handle: asPerson(
        (_user, { headers }) => (signIn.end(headers["x-amz-sso_bearer_token"]), { status: 200, json: {} }),
      ),
    },
  ];
}

function accounts(estate: Estate, user: DirectoryUser): RouteAnswer {
  const numbers = [...new Set(entriesOf(estate, user).map(({ account }) => account))];
  return {
    status: 200,
    json: {
      accountList: numbers.map((accountId) => ({
        accountId,
        accountName: "workload",
        emailAddress: "workload@example.com",
      })),
    },
  };
}

function roles(estate: Estate, user: DirectoryUser, account: string | null): RouteAnswer {
  const mine = entriesOf(estate, user).filter((entry) => entry.account === account);
  return { status: 200, json: { roleList: mine.map(({ set }) => ({ roleName: set, accountId: account })) } };
}

function credentials(estate: Estate, user: DirectoryUser, query: URLSearchParams): RouteAnswer {
  const entry = entriesOf(estate, user).find(
    ({ account, set }) => account === query.get("account_id") && set === query.get("role_name"),
  );
  if (!entry) return { status: 403, errorType: "ForbiddenException", json: { message: "No access" } };
  const key = issueKeys(estate, principalOf(estate, user, entry), entry.sessionMs);
  return {
    status: 200,
    json: {
      roleCredentials: {
        accessKeyId: key.accessKeyId,
        secretAccessKey: key.secretAccessKey,
        sessionToken: key.sessionToken,
        expiration: key.expiresAt,
      },
    },
  };
}
