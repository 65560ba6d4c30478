import { rmSync } from "node:fs";
import path from "node:path";
import { parseOptions } from "../client/command-options";
import { connectAndRun } from "../client/connect";
import { connectionLines } from "../client/connection-lines";
import { resultTable } from "../client/result-table";
import { Closer } from "../core/closer";
import type { CommandContext } from "../core/command-context";
import { silentReporter } from "../core/events";
import { duration } from "../core/report-writer";
import { changedProgram, demoFolder, makeDemoProject, OPEN_BASTION } from "../demo/demo-project";
import { demoFailed, judge } from "../demo/judge";
import { tryRefusal, type Refused } from "../demo/refusal";
import { REFUSALS } from "../demo/refusals";
import { visit } from "../demo/visit";
import { askControl } from "../sandbox/daemon/control-client";
import type { Status } from "../sandbox/daemon/deployed";
import { runnerEnvironment, runnerVariables, type RunnerKeys } from "../sandbox/daemon/environment";
import type { SandboxFile } from "../sandbox/daemon/sandbox-file";
import { sandboxFolder } from "../sandbox/daemon/sandbox-folder";
import * as login from "./login";
import { writeResult } from "./result-line";
import { runChild, type ChildResult } from "./runner-child";
import { startDaemon } from "./sandbox-daemon";
import { clearRun, endProcess, runningSandbox, sandboxState } from "./sandbox-process";

const PERSON = "jane@example.com";
/** Ten minutes of AWS in a second: whoever looks on should not wait for what is only simulated. */
const SPEED = 600;
const SEED =
  "set role app_owner; create table if not exists orders (id int generated always as identity primary key, what text not null); insert into orders (what) values ('tea'), ('cake')";

/** Where the runner's commands run. */
interface RunnerPlace {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

const EXAMPLES = `
Examples:
  sallyport demo           everything, and taken down again
  sallyport demo --keep    leaves it running, and says what to type next
  sallyport demo --stop    ends what --keep left

Exit codes: 0 every line held, 1 one did not.`;

/** `sallyport demo` (= `npm start`): the whole path in a sandbox of its own, and what is refused on it. */
export async function run(args: string[], context: CommandContext): Promise<number> {
  const parsed = parseOptions(
    (command) =>
      command
        .name("sallyport demo")
        .description("Show the whole path in a simulated AWS account: deploy, sign in, connect, be refused, take down.")
        .option("--keep", "leave it running")
        .option("--stop", "end what --keep left running")
        .addHelpText("after", EXAMPLES),
    args,
    context,
  );
  if (!parsed) return 0;
  const options = parsed.opts<{ readonly keep?: boolean; readonly stop?: boolean }>();
  await endLast(context);
  if (options.stop === true) return 0;
  const begun = context.clock.now();
  const folder = makeDemoProject(context.cwd);
  const closer = new Closer();
  try {
    const file = await startSandbox(folder, options.keep === true, closer, context);
    const runner = { cwd: folder, env: await runnerEnv(folder, file, context) };
    demandDone("up", await runChild(["up", "--env", "dev", "--yes"], runner, context));
    const person = personContext(folder, context);
    const refused = await asPerson(person, file, closer, (text) => context.stderr(text));
    refused.push(await openBastion(runner, file, context));
    report(refused.slice(-1), context);
    if (options.keep !== true) await takeDown(runner, file, context);
    judge(refused);
    const took = duration(context.clock.now() - begun);
    context.stderr(`\n  ${took} in all.${options.keep === true ? keptText(folder) : " Next: npm start -- --keep"}\n`);
    writeResult(context, { refused, ms: context.clock.now() - begun });
    return 0;
  } finally {
    await closer.close();
    if (options.keep !== true) rmSync(folder, { recursive: true, force: true });
  }
}

/** A demo that was killed, or kept, is ended first. */
async function endLast(context: CommandContext): Promise<void> {
  const folder = sandboxFolder(demoFolder(context.cwd));
  const found = await sandboxState(folder);
  if (found.state === "running") await endProcess(found.mark, context.clock);
  clearRun(folder);
}

async function startSandbox(
  folder: string,
  keep: boolean,
  closer: Closer,
  context: CommandContext,
): Promise<SandboxFile> {
  const order = { projectRoot: folder, port: 0, speed: SPEED, detached: keep };
  const daemon = await startDaemon(sandboxFolder(folder), order, context.env, context.signal);
  if (!keep)
    closer.add(async () => {
      daemon.stop();
      await daemon.ended;
    });
  const { file } = await runningSandbox(folder);
  context.redactor.register(file.controlToken);
  context.stderr("SANDBOX  a simulated AWS estate on this machine; nothing here is real but PostgreSQL\n\n");
  return file;
}

async function runnerEnv(folder: string, file: SandboxFile, context: CommandContext): Promise<Record<string, string>> {
  const keys = (await askControl(file, "GET runner")) as RunnerKeys;
  context.redactor.register(keys.secretAccessKey);
  return runnerEnvironment(context.env, runnerVariables(sandboxFolder(folder), file, keys));
}

function demandDone(step: string, { exitCode, code, message }: ChildResult): void {
  if (exitCode !== 0)
    throw demoFailed(`${step} ended with exit code ${exitCode}: ${message ?? ""} ${code ?? ""}`.trim());
}

/** A person's shell: nothing of AWS in it, and a home of the demo's own. */
function personContext(folder: string, context: CommandContext): CommandContext {
  const env = runnerEnvironment(context.env, { SALLYPORT_HOME: path.join(folder, ".sallyport", "client") });
  return { ...context, cwd: folder, env, interactive: false, stderr: () => undefined };
}

/** The steps' results are parts of the demo's one result. */
function quietResult(context: CommandContext): CommandContext {
  return { ...context, json: false, stdout: () => undefined };
}

async function asPerson(
  person: CommandContext,
  file: SandboxFile,
  closer: Closer,
  say: (text: string) => void,
): Promise<Refused[]> {
  await login.run(["--as", PERSON], quietResult(person));
  const seeding = { ...person, reporter: silentReporter };
  const nowhere = { target: undefined, env: undefined, estate: undefined, allowOverride: false };
  await connectAndRun({ ...nowhere, role: "admin", sql: SEED, connectTimeoutMs: 15_000 }, seeding);
  const seen = await visit(person, "developer", (ms, work) => atAnotherTime(file, ms, work));
  closer.add(() => seen.close());
  const refused: Refused[] = [];
  if (!person.json) say(`\n${resultTable(seen.row).replace(/^/gm, "  ").trimEnd()}\n\n  Refused, as it should be\n`);
  for (const refusal of REFUSALS) {
    refused.push(await tryRefusal(refusal, seen.world));
    report(refused.slice(-1), person);
  }
  await seen.close();
  return refused;
}

async function atAnotherTime<T>(file: SandboxFile, ms: number, work: () => Promise<T>): Promise<T> {
  const { wallOffsetMs } = (await askControl(file, "GET knobs")) as { wallOffsetMs: number };
  await askControl(file, "POST knobs", { wallOffsetMs: wallOffsetMs + ms });
  try {
    return await work();
  } finally {
    await askControl(file, "POST knobs", { wallOffsetMs });
  }
}

/** The gate: the change is refused before anything happens, whoever asks. */
async function openBastion(runner: RunnerPlace, file: SandboxFile, context: CommandContext): Promise<Refused> {
  const title = "the bastion opened to 0.0.0.0/0";
  const program = changedProgram(context.cwd, path.join(runner.cwd, "opened"), OPEN_BASTION);
  const objects = async () => JSON.stringify(((await askControl(file, "GET status")) as Status).objects);
  const before = await objects();
  const silent = { ...context, reporter: silentReporter };
  const { exitCode, message = "" } = await runChild(
    ["up", "--env", "dev", "--yes", "--program", program],
    runner,
    silent,
  );
  const rules = [...message.matchAll(/^([\w-]+) on /gm)].map(([, rule = ""]) => rule);
  const held = exitCode === 3 && rules.includes("sg-no-world") && before === (await objects());
  const stoppedBy = [...new Set(rules)].join(", ");
  return { title, held, words: held ? `stopped by ${stoppedBy} before anything changed, exit code 3` : message };
}

function report(refused: readonly Refused[], context: CommandContext): void {
  for (const { title, held, words } of refused)
    context.reporter.report({
      type: "demo.refused",
      stage: "",
      mark: held ? "done" : "failed",
      text: `${title.padEnd(47)} ${words}`,
      data: { title, held, words },
    });
}

async function takeDown(runner: RunnerPlace, file: SandboxFile, context: CommandContext): Promise<void> {
  const begun = context.clock.now();
  const silent = { ...context, reporter: silentReporter };
  demandDone("destroy", await runChild(["destroy", "--env", "dev", "--yes"], runner, silent));
  const { objects } = (await askControl(file, "GET status")) as Status;
  // The account's own roles, and the cluster's final snapshot, which outlives it as in AWS.
  const own = ["aws:iam/role:Role", "aws:rds/clusterSnapshot:ClusterSnapshot"];
  const left = Object.keys(objects).filter((type) => !own.includes(type));
  context.reporter.report({
    type: "demo.taken-down",
    stage: "Taken down",
    mark: left.length === 0 ? "done" : "failed",
    text: left.length === 0 ? "nothing left but the cluster's final snapshot" : `left: ${left.join(", ")}`,
    ms: context.clock.now() - begun,
  });
  if (left.length > 0) throw demoFailed(`left behind: ${left.join(", ")}`);
}

/** A port that is easy to remember; `--port` chooses another. */
const KEPT_PORT = 15_432;

function keptText(folder: string): string {
  const home = path.join(folder, ".sallyport", "client");
  const at = { host: "127.0.0.1", port: KEPT_PORT, user: PERSON, database: "app" };
  const { psql, jdbc } = connectionLines(at, path.join(home, "proxy-secret"));
  return ` It runs on. Next:
  export SALLYPORT_HOME='${home}'
  npm run -s sallyport -- connect --role developer
  npm run -s sallyport -- proxy --role developer --port ${KEPT_PORT}      # and then, in a second terminal or a GUI:
  ${psql}
  ${jdbc ?? ""}
  npm run -s sallyport -- demo --stop`;
}
