import assert from "node:assert/strict";
import { SallyportError } from "../../../../automation/core/errors";
import { Refusal } from "../../../../automation/proxy/refusal";
import { unreachable } from "../../../../automation/proxy/unreachable";
import { UpstreamRefused } from "../../../../automation/proxy/upstream-login";
import { fatal } from "../../../../automation/proxy/wire/server-messages";
import { StreamEnded } from "../../../../automation/proxy/wire/message-reader";

const CLOSED = "The database closed the connection before the session began.";

describe("what a client is told when the database cannot be reached", () => {
  const TABLE: readonly (readonly [string, unknown, readonly (string | undefined)[]])[] = [
    [
      "an error of the product",
      new SallyportError("TUNNEL_CLOSED", { message: "The tunnel is gone." }),
      ["08006", "The tunnel is gone.", "TUNNEL_CLOSED", "run again", "TUNNEL_CLOSED"],
    ],
    [
      "one with a likely cause",
      new SallyportError("TUNNEL_DIAL_REFUSED", { message: "No.", likely: "It is stopped." }),
      [
        "08006",
        "No.",
        "TUNNEL_DIAL_REFUSED: It is stopped.",
        "check that the cluster is available",
        "TUNNEL_DIAL_REFUSED",
      ],
    ],
    ["an end", new StreamEnded("x"), ["08006", CLOSED, "DB_UNREACHABLE", "run again", "DB_UNREACHABLE"]],
    [
      "a reset",
      Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }),
      ["08006", CLOSED, "DB_UNREACHABLE", "run again", "DB_UNREACHABLE"],
    ],
    [
      "a surprise",
      new TypeError("x is not a function"),
      ["08006", "Unexpected: x is not a function", "INTERNAL", "report it with the output of --debug", "INTERNAL"],
    ],
  ];
  for (const [what, thrown, expected] of TABLE)
    it(what, () => {
      const refusal = unreachable(thrown);
      assert.ok(refusal instanceof Refusal);
      const { sqlState, message, detail, hint, code } = refusal;
      assert.deepEqual([sqlState, message, detail, hint, code], expected);
    });

  it("a refusal and the database's own words stay as they are", () => {
    const refusal = new Refusal("08P01", "odd");
    const refused = new UpstreamRefused(fatal(refusal));
    assert.equal(unreachable(refusal), refusal);
    assert.equal(unreachable(refused), refused);
  });
});
