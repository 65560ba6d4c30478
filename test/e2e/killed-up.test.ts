import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { SSMClient, TerminateSessionCommand } from "@aws-sdk/client-ssm";
import { plainEnvironment } from "../support/cli-run";
import { sandboxProject, type SandboxProject } from "../support/sandbox-project";
import { ROOT } from "../support/source-files";

const LIMIT_MS = 10_000;
/** The gate has tests of its own. */
const UP = ["up", "--env", "dev", "--yes", "--no-policies", "--json"];

/** Processes whose working folder is the project's: the command line, its stack child and the engine run there or below. */
function processesIn(folder: string, but: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      if (pid === but) return false;
      try {
        const text = readFileSync(`/proc/${pid}/environ`, "latin1");
        const state = readFileSync(`/proc/${pid}/stat`, "latin1").replace(/^.*\) /, "")[0];
        return state !== "Z" && text.includes(`PULUMI_HOME=${folder}`);
      } catch {
        return false; // gone meanwhile, or not ours to look at
      }
    });
}

/** Runs `up`, acts at the first event that fits, and answers how it ended. */
async function upAnd(
  project: SandboxProject,
  fits: (event: Record<string, unknown>) => boolean,
  act: (child: ChildProcess, events: readonly Record<string, unknown>[]) => void,
): Promise<number | NodeJS.Signals> {
  const env = { ...plainEnvironment(project.folder), ...(await project.environment("--pulumi")) };
  const child = spawn(process.execPath, [path.join(ROOT, "dist", "cli.cjs"), ...UP], {
    cwd: project.folder,
    env,
    stdio: ["ignore", "pipe", "ignore"],
    detached: true,
  });
  const events: Record<string, unknown>[] = [];
  let hit = false;
  readline.createInterface({ input: child.stdout }).on("line", (line) => {
    const event = JSON.parse(line) as Record<string, unknown>;
    events.push(event);
    if (hit || !fits(event)) return;
    hit = true;
    act(child, events);
  });
  const end = await new Promise<number | NodeJS.Signals>((resolve) =>
    child.on("exit", (code, by) => resolve(code ?? by ?? 1)),
  );
  assert.ok(hit, "the step was never reached");
  return end;
}

/** Ends a session as somebody with the right to may do at any time. */
async function endSession(project: SandboxProject, session: string): Promise<void> {
  const env = await project.environment("--pulumi");
  const client = new SSMClient({
    region: "eu-west-2",
    endpoint: project.contract().endpointUrl,
    credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID ?? "", secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? "" },
  });
  await client.send(new TerminateSessionCommand({ SessionId: session }));
}

const creating = (type: string) => (event: Record<string, unknown>) => {
  const data = event.data as { op?: string; phase?: string; resourceType?: string } | undefined;
  return data?.op === "create" && data.phase === "started" && data.resourceType === type;
};
const step = (type: string) => (event: Record<string, unknown>) => event.type === type;

describe("up that was cut off (e2e)", function () {
  this.timeout(240_000);

  const cuts: [string, (event: Record<string, unknown>) => boolean, NodeJS.Signals][] = [
    ["kill -9 while the VPC is being created", creating("aws:ec2/vpc:Vpc"), "SIGKILL"],
    ["kill -9 while the cluster is being created", creating("aws:rds/cluster:Cluster"), "SIGKILL"],
    ["kill -9 during the bootstrap", step("database.bootstrap.started"), "SIGKILL"],
    ["kill -9 while a database role is being created", creating("postgresql:index/role:Role"), "SIGKILL"],
    ["Ctrl-C while the bastion is being created", creating("aws:ec2/instance:Instance"), "SIGINT"],
  ];
  for (const [title, fits, signal] of cuts) {
    it(`${title}: nothing of ours is left after 10 s, and the next up succeeds without a second copy`, async () => {
      const project = await sandboxProject("cut", ["--speed", "1000"]);
      try {
        const end = await upAnd(project, fits, (child) => void child.kill(signal));
        assert.equal(end, signal === "SIGINT" ? 130 : signal);
        const until = Date.now() + LIMIT_MS;
        while (processesIn(project.folder, project.contract().pid).length > 0 && Date.now() < until)
          await new Promise((resolve) => setTimeout(resolve, 100));
        assert.deepEqual(processesIn(project.folder, project.contract().pid), []);
        const again = await project.runner(...UP);
        assert.equal(again.code, 0, `${again.stdout}\n${again.stderr}`);
        const objects = await project.objects();
        for (const type of ["aws:ec2/vpc:Vpc", "aws:rds/cluster:Cluster", "aws:ec2/instance:Instance"])
          assert.equal(objects[type], 1, type);
      } finally {
        await project.stop();
      }
    });
  }

  it("a session that is ended in the middle of the database stack: the run goes on by another one or says so, and the next up succeeds", async () => {
    const project = await sandboxProject("dropped", ["--speed", "1000"]);
    try {
      let ended: Promise<void> | undefined;
      const end = await upAnd(project, creating("postgresql:index/role:Role"), (_child, events) => {
        const door = events.find(({ type }) => type === "door.open.done")?.data as { session: string };
        ended = endSession(project, door.session);
      });
      await ended;
      // What runs in that moment fails; what comes after it finds another session.
      assert.equal(typeof end, "number", String(end));
      const again = await project.runner(...UP);
      assert.equal(again.code, 0, `${again.stdout}\n${again.stderr}`);
    } finally {
      await project.stop();
    }
  });
});
