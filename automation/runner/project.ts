import os from "node:os";
import { guardRunner } from "../auth/endpoint-guard";
import { readSnapshot } from "../aws/directory";
import { networkFetch } from "../network/network-fetch";
import { readNetwork } from "../network/network-settings";
import { defaultEngineCache, ensureEngine, type Consent, type Engine } from "../pulumi/engine/ensure-engine";
import { findAccounts, type Accounts } from "./accounts";
import { loadFiles, type ProjectFiles } from "./load-files";
import { projectPaths, type ProjectPaths } from "./project-paths";
import { planAccess, type AccessPlan } from "./read-access";
import type { RunnerTools } from "./runner-tools";
import { runStep } from "./step";

/** What every operation on an environment begins with. */
export interface ProjectRequest {
  readonly root: string;
  readonly env: string;
  readonly allowEndpointOverride: boolean;
  /** False: `--no-install`, the engine is neither downloaded nor built. */
  readonly install: boolean;
  /** Whether an engine may be made. */
  readonly consent: Consent;
}

/** An environment that can be worked on: files, accounts and engine are there. */
export interface Project {
  readonly env: string;
  readonly paths: ProjectPaths;
  readonly files: ProjectFiles;
  readonly accounts: Accounts;
  readonly engine: Engine;
  readonly sandbox: boolean;
}

/**
 * Reads the files, finds out who runs this and finds the engine, in that order: what is cheap to refuse is refused first, and
 * nothing has changed anywhere yet.
 *
 * @throws SallyportError CONFIG_*, AUTH_*, ENDPOINT_OVERRIDE_REFUSED, NETWORK_SETTINGS_INVALID, ENGINE_*
 */
export async function openProject(request: ProjectRequest, tools: RunnerTools): Promise<Project> {
  const paths = projectPaths(request.root, request.env);
  const files = await loadFiles(paths, request.env);
  // The files name the identity account: a leftover endpoint is refused before any credential is sent to it.
  guardRunner({
    env: tools.env,
    accounts: [files.access.identity.account],
    allowOverride: request.allowEndpointOverride,
  });
  const network = readNetwork({ env: tools.env, cwd: request.root, redactor: tools.redactor });
  const accounts = await findAccounts(files.access, files.environment.config, { ...tools, network });
  const { sandbox } = guardRunner({
    env: tools.env,
    accounts: [accounts.account, files.access.identity.account],
    allowOverride: request.allowEndpointOverride,
  });
  const where = `${request.env} · ${accounts.account} · ${files.environment.config.region}`;
  tools.reporter.report({
    type: "run.account",
    stage: sandbox ? "SANDBOX" : "Account",
    mark: "note",
    text: where,
    data: { account: accounts.account, sandbox },
  });
  const engine = await ensureEngine({
    env: tools.env,
    cacheDir: defaultEngineCache(tools.env, os.homedir()),
    clock: tools.clock,
    reporter: tools.reporter,
    consent: request.consent,
    install: request.install,
    fetch: networkFetch(network, tools),
    signal: tools.signal,
  });
  return { env: request.env, paths, files, accounts, engine, sandbox };
}

/** Reads the directory and computes the access matrix, and says what that changes. */
export async function readProjectAccess(project: Project, tools: RunnerTools): Promise<AccessPlan> {
  const { files, accounts, paths } = project;
  return runStep({ type: "access.read", stage: "Access", text: "reading the directory" }, tools, async () => {
    const snapshot = await readSnapshot({ ...accounts.identity, accountId: files.access.identity.account });
    const plan = await planAccess(files, snapshot, paths);
    const people = new Set(plan.matrix.logins.map((login) => login.person.userId)).size;
    const text = `${people} ${people === 1 ? "person" : "people"} → ${plan.matrix.logins.length} login roles`;
    return { value: plan, text, data: { people, logins: plan.matrix.logins.length } };
  });
}
