import { listen } from "../../../../../automation/sandbox/daemon/listen";
import { addAccountApis } from "../../../../../automation/sandbox/api/account-apis";
import { SignIn } from "../../../../../automation/sandbox/api/services/sign-in";
import { SessionRegistry } from "../../../../../automation/sandbox/agent/session-registry";
import type { CloudObject, Estate, IssuedKey, Props } from "../../../../../automation/sandbox/account/estate";
import type { Agents, SessionGateway } from "../../../../../automation/sandbox/account/ports";
import { runnerKey } from "../../../../../automation/sandbox/account/seed";
import { issueKeys } from "../../../../../automation/sandbox/iam/issue-keys";
import { fixedEstate, personPrincipal } from "../../../../support/estate-fixtures";

/** A permission set of the world's people. */
export const SET = "arn:aws:sso:::permissionSet/ssoins-1/ps-1";

/** The account's APIs on a loopback port, with nodes whose state a test sets. */
export interface ApiWorld {
  readonly estate: Estate;
  readonly gateway: SessionGateway;
  readonly signIn: SignIn;
  readonly endpoint: string;
  readonly port: number;
  /** Instance ids that are online, and those whose control channel is open too. */
  readonly online: Set<string>;
  readonly connected: Set<string>;
  /** Settings of an SDK client that calls as the owner of `key`, else as the runner. */
  client(key?: IssuedKey, region?: string): ReturnType<typeof settings>;
  /** Credentials of a person whose permission set has these statements. */
  person(...statements: object[]): IssuedKey;
  /** An object in the workload account and region. */
  add(token: string, id: string, props: Props, hidden?: Props): CloudObject;
  close(): Promise<void>;
}

/** Listens on any port. The wall clock stands still at the machine's time: the SDK signs with it. */
export async function apiWorld(now = Date.now()): Promise<ApiWorld> {
  const estate = fixedEstate(now);
  const http = await listen(0);
  const [online, connected] = [new Set<string>(), new Set<string>()];
  const sessions = new SessionRegistry(estate.randomBytes, () => estate.clocks.wall());
  const gateway: SessionGateway = {
    start: (order) => {
      const { session, token } = sessions.create(order);
      return { sessionId: session.id, tokenValue: token, streamUrl: `ws://127.0.0.1:${http.port}/${session.id}` };
    },
    resume: (id) => {
      const token = sessions.renew(id);
      return token === undefined
        ? undefined
        : { sessionId: id, tokenValue: token, streamUrl: `ws://127.0.0.1:${http.port}/${id}?again` };
    },
    get: (id) => sessions.get(id),
    list: () => sessions.list(),
    terminate: (id) => {
      const session = sessions.get(id);
      if (session) session.state = "terminated";
    },
  };
  const agents: Agents = {
    state: ({ id }) => ({
      online: online.has(id),
      connected: connected.has(id),
      reasons: [],
      agentVersion: "3.3.2000.0",
    }),
    resolve: () => Promise.reject(new Error("nobody looks up here")),
    dial: () => Promise.reject(new Error("nobody dials here")),
  };
  const signIn = new SignIn(estate);
  addAccountApis(http.server, { estate, agents, gateway, signIn, control: () => false });
  const endpoint = `http://127.0.0.1:${http.port}`;
  return {
    estate,
    gateway,
    endpoint,
    port: http.port,
    online,
    connected,
    client: (key = runnerKey(estate), region = "eu-west-2") => settings(endpoint, region, key),
    person: (...statements) => {
      const inlinePolicy = JSON.stringify({ Version: "2012-10-17", Statement: statements });
      const place = { account: "000000000001", region: "eu-west-1" };
      const token = "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy";
      estate.add({ token, id: SET, ...place, props: { permissionSetArn: SET, inlinePolicy } });
      return issueKeys(estate, personPrincipal(SET), 3_600_000);
    },
    add: (token, id, props, hidden = {}) =>
      estate.add({ token, id, account: "000000000000", region: "eu-west-2", props, hidden }),
    signIn,
    close: () => http.close(),
  };
}

function settings(endpoint: string, region: string, { accessKeyId, secretAccessKey, sessionToken }: IssuedKey) {
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  return { endpoint, region, credentials, maxAttempts: 1 };
}
