import assert from "node:assert/strict";
import { COMMANDS } from "../../../automation/commands/index";
import { helpText, nearestCommand } from "../../../automation/help";

describe("help", () => {
  it("names every command once, in its group", () => {
    const text = helpText("1.2.3");
    for (const name of Object.keys(COMMANDS))
      assert.equal(text.split("\n").filter((line) => line.startsWith(`  ${name} `)).length, 1, name);
    assert.match(text, /^sallyport 1\.2\.3: /);
  });

  it("names the variables that rule the way to AWS", () => {
    assert.match(
      helpText("1.2.3"),
      /^Environment: HTTPS_PROXY, NO_PROXY, AWS_CA_BUNDLE, AWS_USE_FIPS_ENDPOINT, AWS_USE_DUALSTACK_ENDPOINT \(README\)$/m,
    );
  });

  it("no line is wider than a terminal of 132 columns", () => {
    for (const line of helpText("1.2.3").split("\n")) assert.ok(line.length <= 132, line);
  });

  it("finds the command that a slip of the finger meant", () => {
    assert.deepEqual(
      [nearestCommand("conect"), nearestCommand("logni"), nearestCommand("frobnicate")],
      ["connect", "login", undefined],
    );
  });
});
