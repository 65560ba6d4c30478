import assert from "node:assert/strict";
import type { ResumeAnswer } from "../../../../../automation/sandbox/agent/agent-knobs";
import { answerResume } from "../../../../../automation/sandbox/agent/resume-answer";

describe("the answer to ResumeSession", () => {
  const knobs = (resumeAnswer: ResumeAnswer, resumeAnswers = 0) => ({ resumeAnswer, resumeAnswers });

  it("is a token unless a knob says otherwise", () => {
    assert.equal(answerResume(knobs("token"), "jane-1"), "token");
    assert.equal(answerResume(knobs("over"), "jane-1"), "over");
  });

  it("matrix 35: may be each error, with AWS's code and status", () => {
    for (const [answer, code, status] of [
      ["missing", "DoesNotExistException", 400],
      ["denied", "AccessDeniedException", 403],
      ["internal", "InternalServerError", 500],
    ] as const)
      assert.throws(() => answerResume(knobs(answer), "jane-1"), { code, status });
    assert.throws(() => answerResume(knobs("missing"), "jane-1"), { message: "Session jane-1 does not exist" });
  });

  it("matrix 35: is as it should be again after so many times", () => {
    const set = knobs("denied", 2);
    assert.throws(() => answerResume(set, "jane-1"));
    assert.throws(() => answerResume(set, "jane-1"));
    assert.equal(answerResume(set, "jane-1"), "token");
    const always = knobs("over");
    for (let call = 0; call < 5; call++) assert.equal(answerResume(always, "jane-1"), "over");
  });
});
