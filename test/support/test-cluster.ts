import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Client } from "pg";
import {
  DEFAULT_KNOBS,
  Estate,
  IDENTITY_REGION,
  WORKLOAD_ACCOUNT,
  WORKLOAD_REGION,
  type CloudObject,
  type Principal,
} from "../../automation/sandbox/account/estate";
import { makeAuthority, type Authority } from "../../automation/sandbox/certificates/authority";
import { PostgresClusters } from "../../automation/sandbox/endpoint/cluster-runtime";
import type { IamPorts } from "../../automation/sandbox/endpoint/iam-login";
import { openTestPool } from "./postgres-pool";

/** Endpoint names of the test cluster. */
export const WRITER = "app.cluster-cabcdefghijk.eu-west-2.rds.amazonaws.com";
export const READER = "app.cluster-ro-cabcdefghijk.eu-west-2.rds.amazonaws.com";
export const MASTER = { username: "sallyport_master", password: "a master's \\ password" };

/** A cluster with PostgreSQL and its endpoint, and the ways in. */
export interface TestCluster {
  readonly estate: Estate;
  readonly cluster: CloudObject;
  readonly clusters: PostgresClusters;
  readonly authority: Authority;
  /** A login through the TLS endpoint, name verified. */
  login(user: string, password: string, database?: string): Promise<Client>;
  /** What a login is refused with, as `SQLSTATE message`, or `accepted`. */
  verdict(user: string, password: string, database?: string): Promise<string>;
  /** Statements of the hidden superuser over the socket that no client reaches. */
  asSuperuser(statements: readonly string[], database?: string): Promise<void>;
  close(): Promise<void>;
}

/** A principal whose ARN names it. */
export function principal(name: string): Principal {
  const arn = `arn:aws:sts::${WORKLOAD_ACCOUNT}:assumed-role/${name}/session`;
  return {
    account: WORKLOAD_ACCOUNT,
    arn,
    roleArn: arn,
    userId: "AROAEXAMPLE:session",
    sessionName: "session",
    principalTags: {},
    source: { kind: "administrator" },
  };
}

/** Tokens of these ports: `<host>:<port>/<user>/<who>`; whoever is called `denied` may not connect, `broken` cannot be judged. */
export const readableTokens: IamPorts = {
  verifyToken: (token, { host, port, user }) => {
    const [place, signedFor, who] = token.split("/");
    if (place !== `${host}:${port}`) return { ok: false, reason: `signed for ${place}` };
    if (signedFor !== user) return { ok: false, reason: `signed for user ${signedFor}` };
    return { ok: true, principal: principal(who ?? "") };
  },
  mayConnect: ({ arn }) => {
    if (arn.includes("broken")) throw new Error("unknown operator");
    return !arn.includes("denied");
  },
};

/** A token of `readableTokens` for the writer. */
export function token(user: string, who = "runner", host = WRITER): string {
  return `${host}:5432/${user}/${who}`;
}

/** Starts a cluster as the account's provider does. */
export async function startTestCluster(props: Record<string, string | boolean> = {}): Promise<TestCluster> {
  const pool = await openTestPool();
  const clocks = { wall: () => Date.now(), work: () => 0, realDelay: () => 0 };
  const directory = {
    instanceArn: "",
    identityStoreId: "",
    startUrl: `https://${IDENTITY_REGION}.example`,
    users: [],
    groups: [],
    former: [],
    accessControlAttributes: [],
  };
  const estate = new Estate(clocks, { ...DEFAULT_KNOBS }, directory, randomBytes);
  const cluster = estate.add({
    token: "aws:rds/cluster:Cluster",
    id: "app",
    account: WORKLOAD_ACCOUNT,
    region: WORKLOAD_REGION,
    props: {
      endpoint: WRITER,
      readerEndpoint: READER,
      port: 5432,
      clusterResourceId: "cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
      iamDatabaseAuthenticationEnabled: true,
      ...props,
    },
  });
  const authority = await makeAuthority(
    () => Date.now(),
    () => randomBytes(16),
  );
  const clusters = new PostgresClusters(estate, pool.pool, authority, readableTokens);
  await clusters.create(cluster, MASTER).catch(async (error: unknown) => {
    await pool.close();
    throw error;
  });
  const login = async (user: string, password: string, database = "postgres"): Promise<Client> => {
    const place = clusters.resolve(WRITER, 5432);
    const ssl = { ca: authority.caPem, servername: WRITER };
    const client = new Client({ ...place, user, password, database, ssl });
    client.on("error", () => undefined);
    await client.connect();
    return client;
  };
  const verdict = async (user: string, password: string, database?: string): Promise<string> => {
    try {
      await (await login(user, password, database)).end();
      return "accepted";
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      return `${code} ${message}`;
    }
  };
  const asSuperuser = async (statements: readonly string[], database = "postgres"): Promise<void> => {
    const socket = socketOf(pool.folder);
    const client = new Client({ ...socket, user: "rdsadmin", database });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  const close = async (): Promise<void> => {
    await clusters.close();
    await pool.close();
  };
  return { estate, cluster, clusters, authority, login, verdict, asSuperuser, close };
}

/** Folder and port of the first server's socket, from the file that remembers where a pool's folders lie. */
function socketOf(folder: string): { host: string; port: number } {
  const { sockets } = JSON.parse(readFileSync(path.join(folder, "postgres.json"), "utf8")) as { sockets: string };
  const host = path.join(sockets, readdirSync(sockets)[0] ?? "");
  const name = readdirSync(host).find((each) => /^\.s\.PGSQL\.\d+$/.test(each)) ?? "";
  return { host, port: Number(name.split(".").at(-1)) };
}
