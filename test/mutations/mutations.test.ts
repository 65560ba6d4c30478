import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import path from "node:path";
import type { CliRun } from "../support/cli-run";
import { compiledMutation, mutatedInfra } from "../support/mutated-infra";
import { sandboxProject, type SandboxProject } from "../support/sandbox-project";
import { MUTATIONS, type Patch, type Refusal } from "./rows";

const UP = ["up", "--env", "dev", "--yes", "--wait", "5s", "--connect-timeout", "3s", "--no-policies", "--json"];
const CONNECT = ["connect", "--role", "developer", "--connect-timeout", "3s", "--command", "select 1", "--json"];

/** What a run ended with, as people read it. */
const said = ({ result, stderr }: CliRun): string =>
  result ? [result.message, result.likely, result.code].join("\n") : stderr;

function assertRefused(run: CliRun, seen: Refusal): void {
  assert.deepEqual([run.code, run.result?.code], [seen.exitCode, seen.code], said(run));
  assert.match(said(run), seen.words);
}

/** Policy pack off: what is proven here is that the account itself says no. */
describe("mutations: take one thing out of infra/ and the door stays shut", function () {
  this.timeout(180_000);
  let sandbox: SandboxProject;

  const deploy = async (patches: readonly Patch[]): Promise<CliRun> =>
    sandbox.runner(...UP, "--program", compiledMutation(sandbox.folder, patches));
  const signIn = async (): Promise<void> => {
    const login = await sandbox.run("login", "--as", "jane@example.com");
    assert.equal(login.code, 0, login.stderr);
  };

  // One sandbox; each row begins with an empty account.
  before(async () => {
    sandbox = await sandboxProject("mutation", ["--speed", "1000"]);
  });
  beforeEach(async () => {
    const reset = await sandbox.run("sandbox", "reset");
    assert.equal(reset.code, 0, reset.stderr);
    rmSync(path.join(sandbox.folder, "mutated"), { recursive: true, force: true });
    rmSync(path.join(sandbox.folder, ".sallyport", "stacks"), { recursive: true, force: true });
  });
  after(() => sandbox.stop());

  it("0: nothing taken out: the door opens", async () => {
    // This one as people write it, in TypeScript.
    const up = await sandbox.runner(...UP, "--program", mutatedInfra(sandbox.folder, []));
    assert.equal(up.code, 0, said(up));
    await signIn();
    const connect = await sandbox.run(...CONNECT);
    assert.equal(connect.code, 0, said(connect));
  });

  for (const mutation of MUTATIONS) {
    it(`${mutation.row}: ${mutation.title}`, async () => {
      const up = await deploy([mutation.patch]);
      if (mutation.seen.by === "up") {
        assertRefused(up, mutation.seen);
      } else {
        assert.equal(up.code, 0, said(up));
        await signIn();
        assertRefused(await sandbox.run(...CONNECT), mutation.seen);
      }
      const objects = await sandbox.objects();
      for (const token of mutation.absent ?? []) assert.equal(objects[token] ?? 0, 0, token);
    });
  }
});
