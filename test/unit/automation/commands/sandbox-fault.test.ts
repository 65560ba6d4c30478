import assert from "node:assert/strict";
import { faultHelp, faultText, sandboxFault } from "../../../../automation/commands/sandbox-fault";
import { FAULTS, type FaultLine } from "../../../../automation/sandbox/faults/faults";
import { FakeAws } from "../../../support/fake-aws";
import { pretendSandbox } from "../../../support/fake-sandbox";
import { recordedContext } from "../../../support/recorded-context";
import { inTemporaryFolder } from "../../../support/temporary-folder";

const LINES: readonly FaultLine[] = [
  { name: "drop", form: "RATE", meaning: "frames are lost", value: "0.05" },
  { name: "rotate-after", form: "MINUTES", meaning: "Bye", value: "60 min" },
  { name: "close", form: "CODE", meaning: "closes", value: "" },
  { name: "fail-over", form: "", meaning: "moves", value: "" },
];

/** A folder with a sandbox that answers these faults; `happened` is its word about the last one. */
async function within(happened: string, body: (cwd: string, server: FakeAws) => Promise<void>): Promise<void> {
  await inTemporaryFolder(async (cwd) => {
    const server = await FakeAws.start();
    try {
      server.on("GET /_sandbox/faults", { json: LINES });
      server.on("POST /_sandbox/faults", { json: { happened, faults: LINES } });
      pretendSandbox(cwd, server.url);
      await body(cwd, server);
    } finally {
      await server.close();
    }
  });
}

describe("sallyport sandbox fault", () => {
  it("alone lists how faults stand, and which happen when told", () =>
    within("", async (cwd) => {
      const context = recordedContext(cwd);
      assert.equal(await sandboxFault([], context), 0);
      assert.equal(context.out.join(""), faultText(LINES));
      assert.equal(faultText(LINES), "drop          0.05\nrotate-after  60 min\n\nwhen told: close, fail-over\n");
      const json = recordedContext(cwd, { json: true });
      await sandboxFault([], json);
      assert.deepEqual(JSON.parse(json.out.join("")), { faults: LINES });
    }));

  it("sets one, says how it stands now, and is one result line with --json", () =>
    within("1 session", async (cwd) => {
      const context = recordedContext(cwd, { json: true });
      assert.equal(await sandboxFault(["drop", "5%"], context), 0);
      const result = JSON.parse(context.out.at(-1) ?? "") as Record<string, unknown>;
      assert.deepEqual([result.fault, result.value, result.happened], ["drop", "0.05", "1 session"]);
      assert.doesNotMatch(context.out.join(""), /control-token-1/);
      assert.equal(await sandboxFault(["close", "1006"], recordedContext(cwd)), 0);
      assert.equal(await sandboxFault(["none"], recordedContext(cwd)), 0);
    }));

  it("refuses a wrong order with everything that is wrong, before it asks a sandbox", () =>
    inTemporaryFolder(async (cwd) => {
      await assert.rejects(sandboxFault(["drop", "x", "y"], recordedContext(cwd)), {
        code: "USAGE",
        exitCode: 2,
        message:
          'sallyport sandbox fault: drop: "x" is no RATE: a share such as 0.05 or 5%, at most 100%, or off; ' +
          'drop: "y" is no both|to-agent|to-client: one of both, to-agent, to-client.',
        likely: "It is written drop RATE [both|to-agent|to-client].",
      });
      await assert.rejects(sandboxFault(["nonsense"], recordedContext(cwd)), { code: "USAGE", exitCode: 2 });
      await assert.rejects(sandboxFault(["none", "x"], recordedContext(cwd)), {
        code: "USAGE",
        message: 'sallyport sandbox fault: none: "x" is one value too many.',
      });
    }));

  it("about something that is not there: says what happens without its name", () =>
    within("", async (cwd, server) => {
      server.on("POST /_sandbox/faults", { status: 404, json: 'no open session "jane-1"' });
      await assert.rejects(sandboxFault(["close", "1006", "jane-1"], recordedContext(cwd)), {
        code: "SANDBOX_CONTROL_REFUSED",
        message: /no open session .*jane-1/,
        likely: "It has ended, or its name is another. Without a name it happens to all of them.",
        next: "sallyport sandbox fault close 1006",
      });
      server.on("POST /_sandbox/faults", { status: 400, json: "words are a list of texts" });
      await assert.rejects(sandboxFault(["close", "1006", "jane-1"], recordedContext(cwd)), {
        next: "sallyport sandbox stop, then sallyport sandbox start",
      });
    }));

  it("without a sandbox there is nothing to break", () =>
    inTemporaryFolder((cwd) =>
      assert.rejects(sandboxFault(["drop", "5%"], recordedContext(cwd)), { code: "SANDBOX_NOT_RUNNING", exitCode: 6 }),
    ));

  it("explains every fault of the table with --help, without a sandbox", async () => {
    const context = recordedContext("/nowhere");
    assert.equal(await sandboxFault(["--help"], context), 0);
    assert.equal(context.out.join(""), faultHelp());
    for (const { name, meaning } of FAULTS)
      assert.ok(faultHelp().includes(`  ${name}`) && faultHelp().includes(meaning));
  });
});
