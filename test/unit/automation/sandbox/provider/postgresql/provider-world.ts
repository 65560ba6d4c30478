import { randomBytes } from "node:crypto";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { Client } from "pg";
import type { Props } from "../../../../../../automation/sandbox/account/estate";
import type { Major } from "../../../../../../automation/sandbox/postgres/binaries";
import { superuserConnection } from "../../../../../../automation/sandbox/postgres/seed-cluster";
import type { ProviderInstance } from "../../../../../../automation/sandbox/provider/provider";
import { postgresqlPackage } from "../../../../../../automation/sandbox/provider/postgresql/postgresql-package";
import { openTestPool } from "../../../../../support/postgres-pool";

/** Of every login of these tests. */
export const PASSWORD = "ignored-by-local-proxy";
/** The connected role of these tests. */
export const ME = "provisioner";

/** A resource as an engine holds it. */
export interface Held {
  readonly token: string;
  readonly id: string;
  readonly inputs: Props;
  readonly state: Props;
  /** Why it counts as half made. */
  readonly reasons?: readonly string[];
}

/** A server with a provisioner as the bootstrap leaves it, and an engine's moves over the provider. */
export interface ProviderWorld {
  readonly instance: ProviderInstance;
  readonly environment: Readonly<Record<string, string>>;
  create(type: string, inputs: Props): Promise<Held>;
  /** Diff, then an update or a replacement; create-before-delete unless said otherwise. */
  change(held: Held, inputs: Props, order?: "deleteBeforeReplace"): Promise<Held>;
  /** Undefined: gone. */
  refresh(held: Held): Promise<Held | undefined>;
  destroy(held: Held): Promise<void>;
  /** Names of inputs that a preview would change. */
  preview(held: Held, inputs?: Props): string[];
  /** A statement of the superuser in the database `app`; the first column of each row. */
  look(sql: string, database?: string): Promise<unknown[]>;
  /** Connections that were made while work ran. */
  connections(work: () => Promise<unknown>): Promise<number>;
  /** Lets so many more connections through, then drops each at once; without a number, all. */
  letThrough(connections?: number): void;
  /** From now on members of rds_iam, ADMIN-only ones too, cannot log in by password: a stand-in for RDS's PAM line. */
  refuseIamPasswords(): Promise<void>;
  /** A world's moves as another role or with other arguments, on the same server. */
  as(user: string, args?: Props): ProviderWorld;
  close(): Promise<void>;
}

const TOKENS: Readonly<Record<string, string>> = {
  Role: "postgresql:index/role:Role",
  Grant: "postgresql:index/grant:Grant",
  GrantRole: "postgresql:index/grantRole:GrantRole",
  DefaultPrivileges: "postgresql:index/defaultPrivileges:DefaultPrivileges",
  Schema: "postgresql:index/schema:Schema",
  Database: "postgresql:index/database:Database",
};
const NAMING = { logicalName: "thing", seed: Buffer.from("seed"), mode: "provider", proposed: "" } as const;

/** Roles as on RDS, database `app` with owner `owner`, a second owner in its schema; ADMIN-only on both for the provisioner. */
const SETUP = [
  "CREATE ROLE rds_iam NOLOGIN",
  "CREATE ROLE owner NOLOGIN",
  "CREATE ROLE owner2 NOLOGIN",
  `CREATE ROLE ${ME} LOGIN CREATEROLE PASSWORD '${PASSWORD}'`,
  `GRANT rds_iam, owner, owner2 TO ${ME} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE`,
  "CREATE DATABASE app OWNER owner",
];
const INSIDE = [
  `GRANT CONNECT ON DATABASE app TO ${ME} WITH GRANT OPTION`,
  "GRANT CREATE ON SCHEMA public TO owner2",
  "SET ROLE owner",
  "CREATE TABLE t1 (i int)",
  "CREATE TABLE t3 (i int, c text)",
  "CREATE VIEW v1 AS SELECT * FROM t1",
  "CREATE MATERIALIZED VIEW m1 AS SELECT * FROM t1",
  "CREATE TABLE parted (i int) PARTITION BY LIST (i)",
  "CREATE SEQUENCE s1",
  "SET ROLE owner2",
  "CREATE TABLE t2 (i int)",
];

/** Starts it. */
export async function providerWorld(major: Major): Promise<ProviderWorld> {
  const pool = await openTestPool();
  const claimed = await pool.pool.claim(major);
  const look = async (sql: string, database = "app"): Promise<unknown[]> => {
    const client = new Client(superuserConnection(claimed, database));
    await client.connect();
    try {
      const answer: unknown = await client.query({ text: sql, rowMode: "array" });
      const last = (Array.isArray(answer) ? answer.at(-1) : answer) as { readonly rows: readonly unknown[][] };
      return last.rows.map(([first]) => first);
    } finally {
      await client.end();
    }
  };
  for (const sql of SETUP) await look(sql, "postgres");
  await look(`${INSIDE.join(";\n")};`);
  const door = await countingDoor(claimed.port);
  const shared: Shared = {
    look,
    letThrough: door.letThrough,
    connections: async (work) => {
      const before = door.count();
      await work();
      return door.count() - before;
    },
    refuseIamPasswords: async () => {
      const lines = [
        "local all all trust",
        "host all +rds_iam 127.0.0.1/32 reject",
        "host all all 127.0.0.1/32 scram-sha-256",
      ];
      const [file] = await look("SHOW hba_file");
      await look(`COPY (VALUES ${lines.map((line) => `('${line}')`).join(", ")}) TO '${String(file)}'`);
      const [loaded] = await look("SELECT pg_conf_load_time()::text");
      await look("SELECT pg_reload_conf()");
      // Each new connection tells what the server has loaded.
      while ((await look("SELECT pg_conf_load_time()::text"))[0] === loaded);
    },
    close: async () => {
      await door.close();
      await claimed.destroy();
      await pool.close();
    },
  };
  return moves(shared, door.port, ME, {});
}

type Shared = Pick<ProviderWorld, "look" | "connections" | "letThrough" | "refuseIamPasswords" | "close">;

function moves(shared: Shared, port: number, user: string, args: Props): ProviderWorld {
  const environment = {
    PGHOST: "127.0.0.1",
    PGPORT: String(port),
    PGUSER: user,
    PGPASSWORD: PASSWORD,
    PGDATABASE: "postgres",
  };
  const instance = postgresqlPackage(environment).configure({ sslmode: "disable", superuser: "false", ...args }, () =>
    Promise.resolve(),
  );
  const checked = (token: string, inputs: Props, olds: Props): Props => {
    const { inputs: filled, failures } = instance.check(token, inputs, olds, { ...NAMING, seed: randomBytes(8) });
    if (failures.length > 0)
      throw new Error(failures.map(({ property, reason }) => `${property}: ${reason}`).join("; "));
    return filled;
  };
  const create = async (type: string, inputs: Props): Promise<Held> => {
    const token = TOKENS[type] ?? type;
    const filled = checked(token, inputs, {});
    const { id, outputs, reasons } = await instance.create(token, filled);
    return { token, id, inputs: filled, state: outputs, reasons };
  };
  const destroy = ({ token, id, state }: Held): Promise<void> => instance.delete(token, id, state);
  const diff = ({ token, id, state, inputs }: Held, news: Props) =>
    instance.diff(token, { id, state, oldInputs: inputs, news, ignore: [] }).changes;
  return {
    ...shared,
    instance,
    environment,
    as: (other, more = {}) => moves(shared, port, other, more),
    create,
    destroy,
    preview: (held, inputs) =>
      diff(held, checked(held.token, inputs ?? plain(held.inputs), held.inputs)).map(({ path }) => path),
    change: async (held, inputs, order) => {
      const news = checked(held.token, inputs, held.inputs);
      const changes = diff(held, news);
      if (changes.length === 0) return held;
      if (changes.some(({ replace }) => replace)) {
        if (order) await destroy(held);
        const made = await create(held.token, inputs);
        if (!order) await destroy(held);
        return made;
      }
      const { id, outputs } = await instance.update(held.token, {
        id: held.id,
        state: held.state,
        oldInputs: held.inputs,
        news,
        ignore: [],
      });
      return { ...held, id, inputs: news, state: outputs };
    },
    refresh: async (held) => {
      const found = await instance.read(held.token, held.id, held.state, held.inputs);
      return found && { ...held, id: found.id, inputs: found.inputs, state: found.outputs };
    },
  };
}

/** A port that passes everything on to the server's own and counts. */
async function countingDoor(upstream: number): Promise<{
  readonly port: number;
  readonly count: () => number;
  readonly letThrough: (connections?: number) => void;
  readonly close: () => Promise<void>;
}> {
  let [made, left] = [0, Infinity];
  const open = new Set<Socket>();
  const server = createServer((near) => {
    near.on("error", () => undefined);
    made += 1;
    if (left <= 0) return void near.destroy();
    left -= 1;
    const far = connect(upstream, "127.0.0.1");
    open.add(near);
    far.on("error", () => near.destroy()).on("close", () => near.destroy());
    near.on("close", () => {
      open.delete(near);
      far.destroy();
    });
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    count: () => made,
    letThrough: (connections = Infinity) => void (left = connections),
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Inputs as the program wrote them. */
function plain({ __defaults: _defaults, ...inputs }: Props): Props {
  return inputs;
}
