import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withFolderLock } from "../../../../../automation/pulumi/engine/folder-lock";
import type { Processes } from "../../../../../automation/pulumi/process-identity";
import { FakeClock } from "../../../../support/fake-clock";
import { scratchFolder, type ScratchFolder } from "../../../../support/scratch-folder";

const alive: Processes = { startedAt: async () => 1000 };

describe("folder lock", () => {
  let scratch: ScratchFolder;
  let file: string;
  beforeEach(() => {
    scratch = scratchFolder();
    file = path.join(scratch.folder, "new", "folder", ".lock");
  });
  afterEach(() => scratch.remove());

  it("is held while the work runs and gone afterwards, also when the work fails", async () => {
    assert.equal(await withFolderLock(file, { clock: new FakeClock() }, async () => existsSync(file)), true);
    assert.equal(existsSync(file), false);
    await assert.rejects(
      withFolderLock(file, { clock: new FakeClock() }, () => Promise.reject(new Error("no"))),
      { message: "no" },
    );
    assert.equal(existsSync(file), false);
  });

  it("a second one waits for the first and says for whom", async () => {
    const clock = new FakeClock();
    const order: string[] = [];
    let finish = (): void => undefined;
    const first = withFolderLock(
      file,
      { clock, processes: alive },
      () => new Promise<void>((resolve) => (finish = resolve)),
    );
    while (!existsSync(file)) await new Promise((resolve) => setImmediate(resolve));
    const onWait = (pid: number): void => void order.push(`waits for ${pid}`);
    const second = withFolderLock(file, { clock, processes: alive, onWait }, async () => void order.push("second"));
    while (clock.asleep === 0) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(order, [`waits for ${process.pid}`]);
    finish();
    await first;
    await clock.advance(250);
    await second;
    assert.deepEqual(order, [`waits for ${process.pid}`, "second"]);
  });

  it("a lock whose process is gone, or whose pid is another process now, is taken over", async () => {
    const here = path.join(scratch.folder, ".lock");
    for (const processes of [
      { startedAt: async (pid: number) => (pid === 7 ? undefined : 1000) },
      { startedAt: async () => 900_000 },
    ]) {
      writeFileSync(here, JSON.stringify({ pid: 7, startedAt: 1000 }));
      assert.equal(await withFolderLock(here, { clock: new FakeClock(), processes }, async () => "mine"), "mine");
    }
  });

  it("an abort ends the waiting", async () => {
    const here = path.join(scratch.folder, ".lock");
    writeFileSync(here, JSON.stringify({ pid: 7, startedAt: 1000 }));
    const clock = new FakeClock();
    const controller = new AbortController();
    const waiting = withFolderLock(here, { clock, processes: alive, signal: controller.signal }, async () => undefined);
    while (clock.asleep === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort(new Error("enough"));
    await assert.rejects(waiting, { message: "enough" });
  });
});
