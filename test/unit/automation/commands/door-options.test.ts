import assert from "node:assert/strict";
import { parseOptions } from "../../../../automation/client/command-options";
import { doorOptions, doorRequest, type DoorFlags } from "../../../../automation/commands/door-options";
import { recordedContext } from "../../../support/recorded-context";

describe("options of a person's door", () => {
  const request = (...args: string[]) => {
    const parsed = parseOptions((command) => doorOptions(command.name("sallyport x")), args, recordedContext("/"));
    assert.ok(parsed);
    return doorRequest(parsed.args[0], parsed.opts<DoorFlags>());
  };

  it("may all be left out", () => {
    assert.deepEqual(request(), {
      target: undefined,
      env: undefined,
      estate: undefined,
      role: undefined,
      connectTimeoutMs: 15_000,
      allowOverride: false,
    });
  });

  it("say which door", () => {
    assert.deepEqual(
      request("app/app@reader", "--env", "prod", "--estate", "payments", "--role", "admin", "--connect-timeout", "2m"),
      {
        target: { cluster: "app", database: "app", endpoint: "reader" },
        env: "prod",
        estate: "payments",
        role: "admin",
        connectTimeoutMs: 120_000,
        allowOverride: false,
      },
    );
    assert.equal(request("--allow-endpoint-override").allowOverride, true);
  });

  it("that cannot be read are usage errors", () => {
    assert.throws(() => request("a/b/c"), {
      code: "USAGE",
      message: '"a/b/c" is no target: write cluster[/database][@reader].',
    });
    assert.throws(() => request("--connect-timeout", "soon"), { code: "USAGE" });
  });
});
