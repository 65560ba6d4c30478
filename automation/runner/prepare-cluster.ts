import type { AccessMatrix } from "../../infra/contract/access-matrix";
import { CANARY, MASTER_USER, PROVISIONER } from "../../infra/contract/names";
import type { PlatformOutputs } from "../../infra/contract/outputs";
import { currentCredentials } from "../aws/options";
import { makeSecretsManager } from "../aws/secrets-manager";
import { SallyportError } from "../core/errors";
import { openAwsDoor } from "../door/aws-door";
import type { Door } from "../door/open-door";
import type { Accounts } from "./accounts";
import { applyRoles } from "./database/apply-roles";
import { ensureProvisioner } from "./database/bootstrap";
import { withDatabase, type ConnectDatabase } from "./database/sql-client";
import { verifyRoles } from "./database/verify";
import { wantedRoles } from "./database/wanted-roles";
import { refuseDrift } from "./access-drift";
import { doorOfOutputs } from "./door-of-outputs";
import type { RunnerTools } from "./runner-tools";
import { runStep } from "./step";

/** One cluster to prepare, through its door. */
export interface ClusterRequest {
  readonly name: string;
  readonly platform: PlatformOutputs;
  readonly matrix: AccessMatrix;
  readonly accounts: Accounts;
  /** PEM certificates of the accepted authorities. */
  readonly authorities: readonly string[];
  readonly connectTimeoutMs: number;
}

/** Database that every cluster has. */
const MAINTENANCE_DATABASE = "postgres";

/**
 * Opens the door of a cluster and brings what is inside to what the matrix says: provisioner, roles and grants, then a canary login
 * and the catalogs as a proof. Answers how many statements that took; none means that all was as it should be.
 *
 * @throws SallyportError of the door, DB_LOGIN_REFUSED, BOOTSTRAP_FAILED, DB_ROLE_TAKEN, ACCESS_DRIFT
 */
export async function prepareCluster(request: ClusterRequest, tools: RunnerTools): Promise<number> {
  const door = await runStep(
    { type: "door.open", stage: "Door", text: `opening the door to ${request.name}` },
    tools,
    async () => {
      const opened = await openDoorOf(request, tools);
      return { value: opened, text: `tunnel to ${request.name} through ${opened.instanceId}` };
    },
  );
  try {
    const provisioned = await bootstrap(request, door, tools);
    return provisioned + (await applyMatrix(request, door, tools));
  } finally {
    await door.close();
  }
}

async function openDoorOf(
  { name, platform, accounts, authorities, connectTimeoutMs }: ClusterRequest,
  tools: RunnerTools,
): Promise<Door> {
  const { credentials, endpoint } = accounts.workload;
  if (credentials === undefined)
    throw new SallyportError("AUTH_NOT_SIGNED_IN", { message: "The runner has no AWS credentials." });
  await currentCredentials(credentials);
  const { clock, randomBytes, redactor, signal } = tools;
  return openAwsDoor({
    target: doorOfOutputs(platform, name),
    credentials,
    endpoint,
    authorities,
    clock,
    randomBytes,
    redactor,
    signal,
    connectTimeoutMs,
    applicationName: "sallyport runner",
  });
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

async function applyMatrix(
  { name, platform, matrix }: ClusterRequest,
  door: Door,
  tools: RunnerTools,
): Promise<number> {
  const wanted = wantedRoles(matrix, name, platform.clusters[name]?.databases ?? {}, tools.clock.now());
  const connect: ConnectDatabase = (database) => door.openDatabase({ user: PROVISIONER, database });
  const statements = await runStep(
    { type: "database.roles", stage: "Database", text: "bringing roles and grants to the access matrix" },
    tools,
    async () => {
      const count = await applyRoles(connect, wanted);
      const roles = `${wanted.logins.length} login roles, ${wanted.privilegeRoles.length} privilege roles`;
      return { value: count, text: count === 0 ? `${roles}: as they were` : `${roles}: ${count} statements` };
    },
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
      const problems = await verifyRoles(connect, wanted);
      refuseDrift(name, problems);
      return { value: undefined, text: "canary logged in, catalogs as the matrix says" };
    },
  );
  return statements;
}
