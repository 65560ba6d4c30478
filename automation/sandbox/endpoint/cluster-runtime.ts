import net from "node:net";
import { Client } from "pg";
import { SallyportError } from "../../core/errors";
import type { CloudObject, Estate } from "../account/estate";
import type { ClusterFaults, ClusterRuntime } from "../account/ports";
import type { Authority } from "../certificates/authority";
import { majorOf, MAJORS, type Major } from "../postgres/binaries";
import { ADMIN_DATABASE } from "../postgres/rds-roles";
import { seedCluster, superuserConnection } from "../postgres/seed-cluster";
import type { ClaimedPostgres, WarmPool } from "../postgres/warm-pool";
import { startEndpoint, type Endpoint } from "./endpoint";
import { judgeToken, type IamCluster, type IamPorts } from "./iam-login";
import { isMemberOfRdsIam } from "./membership";

/** Log group (short form) of refused IAM logins. */
export const IAM_ERROR_LOG = "iam-db-auth-error";
const LOGIN_TIMEOUT_MS = 60_000;

/** What runs for one cluster. */
interface Running {
  readonly cluster: CloudObject;
  endpoint: Endpoint;
  /** Another endpoint before the same PostgreSQL. */
  open(): Promise<Endpoint>;
  close(): Promise<void>;
}

/** PostgreSQL and TLS endpoints for the clusters of an estate. */
export class PostgresClusters implements ClusterRuntime, ClusterFaults {
  private readonly running = new Map<string, Running>();

  constructor(
    private readonly estate: Estate,
    private readonly pool: WarmPool,
    private readonly authority: Authority,
    private readonly iam: IamPorts,
  ) {}

  /**
   * Starts the major version that `engineVersionActual` says (none: the usual one), seeds it and opens its endpoint.
   *
   * @throws SallyportError SANDBOX_START_FAILED if there is no server of that version
   */
  async create(cluster: CloudObject, master: { readonly username: string; readonly password: string }): Promise<void> {
    const postgres = await this.pool.claim(majorWanted(cluster));
    try {
      const seededRow = await seedCluster(postgres, master, text(cluster.props["databaseName"]));
      const admin = new AdminConnection(postgres);
      const certificate = await this.authority.issue(iamCluster(cluster).names);
      const ports = this.judge(cluster, postgres, admin, seededRow);
      const open = (): Promise<Endpoint> => startEndpoint({ ...certificate, loginTimeoutMs: LOGIN_TIMEOUT_MS }, ports);
      const running: Running = {
        cluster,
        endpoint: await open(),
        open,
        close: async () => {
          await running.endpoint.close();
          await admin.close();
          await postgres.destroy();
        },
      };
      this.running.set(key(cluster), running);
    } catch (error) {
      await postgres.destroy();
      throw error;
    }
  }

  async delete(cluster: CloudObject): Promise<void> {
    const running = this.running.get(key(cluster));
    this.running.delete(key(cluster));
    await running?.close();
  }

  resolve(host: string, port: number): { readonly host: string; readonly port: number } | undefined {
    for (const { cluster, endpoint } of this.running.values()) {
      const { names, port: real } = iamCluster(cluster);
      if (real === port && names.includes(host.toLowerCase())) return { host: endpoint.host, port: endpoint.port };
    }
    return undefined;
  }

  /** The new endpoint listens before the old one is gone, so that their addresses differ. */
  async failOver(cluster: CloudObject): Promise<void> {
    const running = this.running.get(key(cluster));
    if (!running) return;
    const fresh = await running.open();
    // It may have been deleted meanwhile.
    if (this.running.get(key(cluster)) !== running) return fresh.close();
    const old = running.endpoint;
    running.endpoint = fresh;
    await old.close();
  }

  /** Stops every cluster; the pool is closed by whoever opened it. */
  async close(): Promise<void> {
    await Promise.all([...this.running.values()].map(({ cluster }) => this.delete(cluster)));
  }

  /** A policy that cannot be evaluated lets nobody in, and says so. */
  private refusal(token: string, user: string, cluster: IamCluster): string | undefined {
    try {
      return judgeToken(token, user, cluster, this.iam);
    } catch (error) {
      return `ServerError: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  private judge(
    cluster: CloudObject,
    postgres: ClaimedPostgres,
    admin: AdminConnection,
    seededRow: string,
  ): Parameters<typeof startEndpoint>[1] {
    return {
      // Read at each login: a change of the cluster binds the next one.
      usesIam: async (user) =>
        cluster.props["iamDatabaseAuthenticationEnabled"] === true &&
        (await isMemberOfRdsIam(
          (sql, values) => admin.query(sql, values),
          user,
          seededRow,
          this.estate.knobs.adminOnlyCountsForIam,
        )),
      acceptsToken: (token, user) => {
        const seen = iamCluster(cluster);
        const refusal = this.refusal(token, user, seen);
        if (refusal !== undefined)
          this.estate.log(IAM_ERROR_LOG, `${seen.resourceId} user ${JSON.stringify(user)}: ${refusal}`);
        return refusal === undefined;
      },
      connect: (how) => (how === "trusted" ? net.connect(postgres.socket) : net.connect(postgres.port, "127.0.0.1")),
    };
  }
}

/** One connection of the hidden superuser, made at need and again after it broke. */
class AdminConnection {
  private client: Promise<Client> | undefined;

  constructor(private readonly postgres: ClaimedPostgres) {}

  async query(sql: string, values: unknown[]): Promise<{ rows: Record<string, unknown>[] }> {
    this.client ??= this.connect();
    return (await this.client).query<Record<string, unknown>>(sql, values);
  }

  async close(): Promise<void> {
    await (await this.client?.catch(() => undefined))?.end().catch(() => undefined);
  }

  private async connect(): Promise<Client> {
    const client = new Client(superuserConnection(this.postgres, ADMIN_DATABASE));
    const forget = (): void => void (this.client = undefined);
    client.on("error", forget).on("end", forget);
    try {
      await client.connect();
      return client;
    } catch (error) {
      forget();
      throw error;
    }
  }
}

function iamCluster({ account, region, props }: CloudObject): IamCluster {
  const names = [props["endpoint"], props["readerEndpoint"]].flatMap((name) =>
    typeof name === "string" && name !== "" ? [name.toLowerCase()] : [],
  );
  const port = typeof props["port"] === "number" ? props["port"] : 5432;
  return { account, region, resourceId: text(props["clusterResourceId"]) ?? "", names, port };
}

/** The major version behind a cluster's engine version; another one than it says is never started. */
function majorWanted({ id, props }: CloudObject): Major | undefined {
  const version = text(props["engineVersionActual"]);
  const major = version === undefined ? undefined : majorOf(version);
  if (version !== undefined && major === undefined)
    throw new SallyportError("SANDBOX_START_FAILED", {
      message: `Cluster ${id} wants PostgreSQL ${version}; the sandbox has ${MAJORS.join(", ")}.`,
    });
  return major;
}

function key({ account, region, id }: CloudObject): string {
  return `${account}/${region}/${id}`;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
