import type { AccessMatrix } from "../../infra/contract/access-matrix";
import { databaseWish } from "../../infra/contract/database-wish";
import { CANARY, MASTER_USER, PROVISIONER } from "../../infra/contract/names";
import { wantedRoles } from "../../infra/contract/wanted-roles";
import { makeSecretsManager } from "../aws/secrets-manager";
import type { Door } from "../door/open-door";
import type { Engine } from "../pulumi/engine/ensure-engine";
import { refuseDrift } from "./access-drift";
import { openClusterDoor, throughProxy, type ClusterDoorRequest } from "./cluster-door";
import { convergeDatabase, type Converged } from "./converge-database";
import { ensureProvisioner } from "./database/bootstrap";
import type { JudgeRemovals } from "./database/make-way";
import { withDatabase, type ConnectDatabase } from "./database/sql-client";
import type { ProjectPaths } from "./project-paths";
import type { RunnerTools } from "./runner-tools";
import { runStep } from "./step";

/** One cluster to prepare, through its door. */
export interface ClusterRequest extends ClusterDoorRequest {
  readonly env: string;
  readonly engine: Engine;
  readonly paths: ProjectPaths;
  readonly matrix: AccessMatrix;
  /** PostgreSQL's version as in the configuration: "16" or "16.4". */
  readonly version: string;
  readonly programFolder?: string | undefined;
  readonly judgeRemovals: JudgeRemovals;
}

/** Database that every cluster has. */
const MAINTENANCE_DATABASE = "postgres";

/**
 * Opens the door of a cluster and brings what is inside to what the matrix says: provisioner, roles and grants, then a canary login
 * and the catalogs as a proof. Answers what that took; nothing means that all was as it should be.
 *
 * @throws SallyportError of the door, DB_LOGIN_REFUSED, BOOTSTRAP_FAILED, DB_ROLE_TAKEN, ACCESS_DRIFT
 */
export async function prepareCluster(request: ClusterRequest, tools: RunnerTools): Promise<Converged> {
  const door = await openClusterDoor(request, tools);
  try {
    const provisioned = await bootstrap(request, door, tools);
    const { changes, statements } = await applyMatrix(request, door, tools);
    return { changes, statements: provisioned + statements };
  } finally {
    await door.close();
  }
}

async function bootstrap(
  { name, platform, accounts }: ClusterRequest,
  door: Door,
  tools: RunnerTools,
): Promise<number> {
  const cluster = platform.clusters[name];
  const databases = cluster?.databases ?? {};
  const by = (user: string) => door.openDatabase({ user, database: MAINTENANCE_DATABASE });
  const logins = {
    provisioner: () => by(PROVISIONER),
    masterByToken: () => by(MASTER_USER),
    masterByPassword: async () => {
      const secrets = makeSecretsManager({ ...accounts.workload, redactor: tools.redactor });
      const { username, password } = await secrets.masterLogin(cluster?.masterSecretArn ?? "");
      return door.openDatabase({ user: username, password, database: MAINTENANCE_DATABASE });
    },
  };
  return runStep(
    { type: "database.bootstrap", stage: "Database", text: "logging in as the provisioner" },
    tools,
    async () => {
      const outcome = await ensureProvisioner(logins, { master: MASTER_USER, databases });
      const text =
        outcome.changed === 0
          ? "provisioner stands"
          : `provisioner set up${outcome.secretRead ? ", the master's secret was read once" : ""}`;
      return { value: outcome.changed, text, data: { ...outcome } };
    },
  );
}

async function applyMatrix(request: ClusterRequest, door: Door, tools: RunnerTools): Promise<Converged> {
  const { name, platform, matrix, version } = request;
  const wanted = wantedRoles(matrix, name, platform.clusters[name]?.databases ?? {}, tools.clock.now());
  const connect: ConnectDatabase = (database) => door.openDatabase({ user: PROVISIONER, database });
  const converged = await throughProxy(door, tools, (address) =>
    convergeDatabase({ ...request, cluster: name, wish: databaseWish(name, version, wanted), connect, address }, tools),
  );
  await runStep(
    { type: "database.verify", stage: "Database", text: "canary login, catalogs against the matrix" },
    tools,
    async () => {
      await withDatabase(
        (database) => door.openDatabase({ user: CANARY, database }),
        MAINTENANCE_DATABASE,
        (client) => client.query("SELECT 1"),
      );
      refuseDrift(name, converged.differences);
      return { value: undefined, text: "canary logged in, catalogs as the matrix says" };
    },
  );
  return converged;
}
