import assert from "node:assert/strict";
import type { Command } from "commander";
import { durationOption, parseOptions } from "../../../../automation/client/command-options";
import { recordedContext } from "../../../support/recorded-context";

const describeIt = (command: Command): Command =>
  command.name("sallyport x").description("Does x.").argument("[target]").option("--role <role>", "which role");

describe("options of a command", () => {
  it("are read, with arguments", () => {
    const parsed = parseOptions(describeIt, ["app", "--role", "admin"], recordedContext("/"));
    assert.deepEqual([parsed?.args, parsed?.opts()], [["app"], { role: "admin" }]);
  });

  it("print help to stdout and end the command", () => {
    const context = recordedContext("/");
    assert.equal(parseOptions(describeIt, ["--help"], context), undefined);
    assert.match(context.out.join(""), /^Usage: sallyport x \[options\] \[target\]\n\nDoes x\./);
  });

  it("that are unknown or incomplete are USAGE, with a guess", () => {
    const context = recordedContext("/");
    assert.throws(() => parseOptions(describeIt, ["--rle", "x"], context), {
      code: "USAGE",
      exitCode: 2,
      message: "sallyport x: unknown option '--rle'",
      likely: "(Did you mean --role?)",
      next: "sallyport x --help",
    });
    assert.throws(() => parseOptions(describeIt, ["a", "b"], context), { code: "USAGE" });
    assert.throws(() => parseOptions(describeIt, ["--role"], context), { code: "USAGE" });
    assert.deepEqual([context.out, context.err], [[], []]);
  });

  it("read times as people write them", () => {
    assert.deepEqual(
      ["500ms", "15s", "2m"].map((text) => durationOption("--t", text)),
      [500, 15_000, 120_000],
    );
    for (const text of ["15", "0s", "-1s", "1.5s", "1h", ""])
      assert.throws(() => durationOption("--t", text), { code: "USAGE" }, text);
  });
});
