import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { plainEnvironment } from "../support/cli-run";
import { sandboxProject, type SandboxProject } from "../support/sandbox-project";
import { ROOT } from "../support/source-files";

const LIMIT_MS = 10_000;

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

/** Runs `up`, sends the signal at the first event that fits, and answers how it ended. */
async function upUntil(
  project: SandboxProject,
  fits: (event: Record<string, unknown>) => boolean,
  signal: NodeJS.Signals,
): Promise<number | NodeJS.Signals> {
  const env = { ...plainEnvironment(project.folder), ...(await project.environment("--pulumi")) };
  const child = spawn(process.execPath, [path.join(ROOT, "dist", "cli.cjs"), "up", "--env", "dev", "--yes", "--json"], {
    cwd: project.folder,
    env,
    stdio: ["ignore", "pipe", "ignore"],
    detached: true,
  });
  let hit = false;
  readline.createInterface({ input: child.stdout }).on("line", (line) => {
    if (hit || !fits(JSON.parse(line) as Record<string, unknown>)) return;
    hit = true;
    child.kill(signal);
  });
  const end = await new Promise<number | NodeJS.Signals>((resolve) =>
    child.on("exit", (code, by) => resolve(code ?? by ?? 1)),
  );
  assert.ok(hit, "the step was never reached");
  return end;
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
    ["Ctrl-C while the bastion is being created", creating("aws:ec2/instance:Instance"), "SIGINT"],
  ];
  for (const [title, fits, signal] of cuts) {
    it(`${title}: nothing of ours is left after 10 s, and the next up succeeds without a second copy`, async () => {
      const project = await sandboxProject("cut");
      try {
        const end = await upUntil(project, fits, signal);
        assert.equal(end, signal === "SIGINT" ? 130 : signal);
        const until = Date.now() + LIMIT_MS;
        while (processesIn(project.folder, project.contract().pid).length > 0 && Date.now() < until)
          await new Promise((resolve) => setTimeout(resolve, 100));
        assert.deepEqual(processesIn(project.folder, project.contract().pid), []);
        const again = await project.runner("up", "--env", "dev", "--yes", "--json");
        assert.equal(again.code, 0, `${again.stdout}\n${again.stderr}`);
        const objects = await project.objects();
        for (const type of ["aws:ec2/vpc:Vpc", "aws:rds/cluster:Cluster", "aws:ec2/instance:Instance"])
          assert.equal(objects[type], 1, type);
      } finally {
        await project.stop();
      }
    });
  }
});
