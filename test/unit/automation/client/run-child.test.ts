import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { existsSync, readFileSync, watch, writeFileSync } from "node:fs";
import path from "node:path";
import { runChild, type ChildEnd, type ChildRequest } from "../../../../automation/client/run-child";
import { inTemporaryFolder } from "../../../support/temporary-folder";

const ENV = { PATH: process.env.PATH ?? "" };

describe("a program in front of the person", () => {
  const run = (command: string, args: string[], more: Partial<ChildRequest> = {}): Promise<ChildEnd> =>
    runChild({ command, args, cwd: "/", env: ENV, terminal: false, signals: new EventEmitter(), ...more });

  it("answers its code, and 128 and more for a signal", async () => {
    assert.deepEqual(await run("sh", ["-c", "exit 0"]), { kind: "ended", code: 0 });
    assert.deepEqual(await run("sh", ["-c", "exit 41"]), { kind: "ended", code: 41 });
    assert.deepEqual(await run("sh", ["-c", "kill -TERM $$"]), { kind: "ended", code: 143 });
    assert.deepEqual(await run("sh", ["-c", "kill -KILL $$"]), { kind: "ended", code: 137 });
  });

  it("is 127 when it or its interpreter is not there, 126 when it cannot be executed", () =>
    inTemporaryFolder(async (folder) => {
      assert.deepEqual(await run("no-such-program", []), { kind: "notStarted", code: 127 });
      const script = path.join(folder, "script");
      writeFileSync(script, "#!/no/such/interpreter\n", { mode: 0o700 });
      assert.deepEqual(await run(script, []), { kind: "notStarted", code: 127 });
      assert.deepEqual(await run(folder, []), { kind: "notStarted", code: 126 });
    }));

  it("gets the environment that was given and no other", () =>
    inTemporaryFolder(async (folder) => {
      const file = path.join(folder, "env");
      await run("sh", ["-c", `env > ${file}`], { env: { ...ENV, PGPASSWORD: "s3" } });
      const names = readFileSync(file, "utf8")
        .split("\n")
        .map((line) => line.split("=")[0]);
      assert.equal(names.includes("PGPASSWORD"), true);
      assert.equal(names.includes("HOME"), false);
    }));

  /** Runs a shell that says that it is ready, sends it signals through us, and reads what it noted. */
  const signalled = async (terminal: boolean, sent: NodeJS.Signals[]): Promise<{ notes: string; end: ChildEnd }> => {
    const result = { notes: "", end: { kind: "notStarted", code: 127 } as ChildEnd };
    await inTemporaryFolder(async (folder) => {
      const [notes, ready] = [path.join(folder, "notes"), path.join(folder, "ready")];
      writeFileSync(notes, "");
      const watcher = watch(folder);
      const signals = new EventEmitter();
      const script = `trap 'echo INT >> ${notes}' INT; trap 'echo TERM >> ${notes}; exit 9' TERM; : > ${ready}
        while :; do sleep 0.02; done`;
      const ended = run("sh", ["-c", script], { terminal, signals });
      while (!existsSync(ready)) await once(watcher, "change");
      for (const signal of sent) {
        const before = readFileSync(notes, "utf8");
        signals.emit(signal);
        if (terminal && signal === "SIGINT") continue;
        while (readFileSync(notes, "utf8") === before) await once(watcher, "change");
      }
      result.end = await ended;
      result.notes = readFileSync(notes, "utf8");
      watcher.close();
      assert.equal(signals.eventNames().length, 0);
    });
    return result;
  };

  it("gets each signal once, and its code stands", async () => {
    assert.deepEqual(await signalled(false, ["SIGINT", "SIGINT", "SIGTERM"]), {
      notes: "INT\nINT\nTERM\n",
      end: { kind: "ended", code: 9 },
    });
  });

  it("at a terminal gets Ctrl-C from the terminal alone, a SIGTERM through us", async () => {
    assert.deepEqual(await signalled(true, ["SIGINT", "SIGTERM"]), {
      notes: "TERM\n",
      end: { kind: "ended", code: 9 },
    });
  });
});
