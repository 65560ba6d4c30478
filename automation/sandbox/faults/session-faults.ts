import type { ResumeAnswer } from "../agent/agent-knobs";
import { fault, type Fault } from "./fault";
import { numberFrom, oneOf, optional } from "./fault-values";

/** Faults of sessions: resuming, and their limits. */
export const SESSION_FAULTS: readonly Fault[] = [
  fault<["off" | Exclude<ResumeAnswer, "token">, number]>({
    name: "refuse-resume",
    meaning:
      "ResumeSession answers without a token (over), DoesNotExistException, a 403 or a 500: COUNT times, else always",
    values: [oneOf("off", "over", "missing", "denied", "internal"), optional(numberFrom("COUNT", 0, 1_000), 0)],
    apply: ({ knobs }, answer, count) => {
      knobs.resumeAnswer = answer === "off" ? "token" : answer;
      knobs.resumeAnswers = Math.floor(count);
      return "";
    },
    present: ({ knobs }) => {
      if (knobs.resumeAnswer === "token") return "off";
      return knobs.resumeAnswers === 0 ? knobs.resumeAnswer : `${knobs.resumeAnswer} ${knobs.resumeAnswers}`;
    },
  }),
  fault<[number]>({
    name: "idle-timeout",
    meaning: "a session without data ends after so many minutes of AWS's time; AWS: 20",
    values: [numberFrom("MINUTES", 0.001, 60)],
    apply: ({ knobs }, idleMinutes) => {
      Object.assign(knobs, { idleMinutes, leastLimitMs: 0 });
      return "";
    },
    present: ({ knobs }) => `${knobs.idleMinutes} min`,
  }),
  fault<[number]>({
    name: "max-duration",
    meaning: "a session ends after so many minutes of AWS's time; AWS: off",
    values: [numberFrom("MINUTES", 0, 1_440)],
    apply: ({ knobs }, maxMinutes) => {
      Object.assign(knobs, { maxMinutes, leastLimitMs: 0 });
      return "";
    },
    present: ({ knobs }) => (knobs.maxMinutes === 0 ? "off" : `${knobs.maxMinutes} min`),
  }),
];
