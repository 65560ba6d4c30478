import assert from "node:assert/strict";
import { duration, lineReporter, ndjsonReporter } from "../../../../automation/core/report-writer";

describe("report writers", () => {
  it("gives durations in people's units", () => {
    assert.deepEqual(
      [duration(84), duration(1234), duration(59_949), duration(59_950), duration(370_000)],
      ["0.1 s", "1.2 s", "59.9 s", "1 min 0 s", "6 min 10 s"],
    );
  });

  it("writes a line per event: stage, mark, text, time at the right", () => {
    const lines: string[] = [];
    const reporter = lineReporter((line) => lines.push(line), { ascii: false, dim: false });
    reporter.report({
      type: "door.connected",
      stage: "Door",
      mark: "done",
      text: "bastion \u001b[31mconnected",
      ms: 900,
    });
    reporter.report({ type: "door.waiting", stage: "Door", mark: "going", text: "waiting" });
    assert.deepEqual(lines, [`${"  Door       ✓ bastion connected".padEnd(88)} 0.9 s\n`, "  Door       · waiting\n"]);
  });

  it("announces a step only if it is not over in a moment", () => {
    const lines: string[] = [];
    const waiting: (() => void)[] = [];
    const soon = (act: () => void) => {
      waiting.push(act);
      return () => void waiting.splice(waiting.indexOf(act), 1);
    };
    const reporter = lineReporter((line) => lines.push(line.trim()), { ascii: true, dim: false, soon });
    const step = (type: string, mark: "going" | "done") => reporter.report({ type, stage: "S", mark, text: type });
    step("a.quick.started", "going");
    step("a.quick.done", "done");
    step("a.slow.started", "going");
    for (const act of waiting.splice(0)) act();
    step("a.slow.done", "done");
    assert.deepEqual(lines, ["S          ok a.quick.done", "S          . a.slow.started", "S          ok a.slow.done"]);
  });

  it("leaves details to machines", () => {
    const lines: string[] = [];
    const detail = { type: "a.b", stage: "S", mark: "done" as const, text: "one of fifty", detail: true };
    lineReporter((line) => lines.push(line), { ascii: false, dim: false }).report(detail);
    assert.deepEqual(lines, []);
  });

  it("uses ASCII marks and dims the time when asked", () => {
    const lines: string[] = [];
    lineReporter((line) => lines.push(line), { ascii: true, dim: true }).report({
      type: "a.b",
      stage: "Gate",
      mark: "failed",
      text: "t",
      ms: 100,
    });
    assert.equal(lines[0], `${"  Gate       x t".padEnd(88)} \u001b[2m0.1 s\u001b[22m\n`);
  });

  it("writes the same event as one NDJSON line with version and time", () => {
    const lines: string[] = [];
    ndjsonReporter(
      (line) => lines.push(line),
      () => 0,
    ).report({ type: "a.b", stage: "S", mark: "note", text: "t", ms: 5, data: { n: 1 } });
    assert.deepEqual(JSON.parse(lines[0] ?? ""), {
      v: 1,
      time: "1970-01-01T00:00:00.000Z",
      type: "a.b",
      stage: "S",
      mark: "note",
      text: "t",
      ms: 5,
      data: { n: 1 },
    });
  });
});
