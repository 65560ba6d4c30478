import assert from "node:assert/strict";
import fc from "fast-check";
import { backOff, judgeResume } from "../../../../automation/tunnel/resume";

const LIMITS = { resumeFirstMs: 500, resumeMaxMs: 10_000 };

describe("getting a session back: judgement and pauses", () => {
  const TABLE = [
    ["AWS_UNREACHABLE", 7, "again"],
    ["AWS_CALL_FAILED", 0, "again"],
    ["TUNNEL_TIMEOUT", 0, "again"],
    ["AUTH_SIGN_IN_EXPIRED", 0, "sign-in"],
    ["AUTH_NOT_SIGNED_IN", 3, "sign-in"],
    ["AUTH_FORBIDDEN", 0, "again"],
    ["AUTH_FORBIDDEN", 2, "over"],
    ["TUNNEL_CLOSED", 0, "again"],
    ["TUNNEL_PROTOCOL", 0, "over"],
    ["TLS_UNTRUSTED", 0, "over"],
    ["TLS_WRONG_NAME", 0, "over"],
    ["HTTP_PROXY_FAILED", 9, "again"],
  ] as const;
  for (const [code, attempt, verdict] of TABLE) {
    it(`matrix 35: ${code} at attempt ${attempt} is "${verdict}"`, () =>
      assert.equal(judgeResume(code, attempt), verdict));
  }

  it("the first attempt is at once; the pauses double from 250–500 ms up to 5–10 s", () => {
    const pauses = (chance: number): number[] => [0, 1, 2, 3, 6, 60].map((attempt) => backOff(attempt, chance, LIMITS));
    assert.deepEqual(pauses(0), [0, 250, 500, 1_000, 5_000, 5_000]);
    assert.deepEqual(pauses(1), [0, 500, 1_000, 2_000, 10_000, 10_000]);
  });

  it("every pause lies between half and whole of its step", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, chance) => {
        const pause = backOff(attempt, chance, LIMITS);
        return pause >= backOff(attempt, 0, LIMITS) && pause <= backOff(attempt, 1, LIMITS);
      }),
    );
  });
});
