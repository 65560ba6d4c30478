import type { AgentKnobs } from "./agent-knobs";

/** A refusal of ResumeSession that a knob asks for: AWS's code, words and HTTP status. */
export class ResumeRefusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/**
 * How the next ResumeSession is answered: `token`, or `over` (no token). Uses up one of the knob's answers. Throws ResumeRefusal for
 * the errors that AWS names for it, and for a policy's denial.
 */
export function answerResume(
  knobs: Pick<AgentKnobs, "resumeAnswer" | "resumeAnswers">,
  sessionId: string,
): "token" | "over" {
  const answer = knobs.resumeAnswer;
  if (answer !== "token" && knobs.resumeAnswers > 0 && --knobs.resumeAnswers === 0) knobs.resumeAnswer = "token";
  if (answer === "missing")
    throw new ResumeRefusal("DoesNotExistException", `Session ${sessionId} does not exist`, 400);
  if (answer === "internal") throw new ResumeRefusal("InternalServerError", "Internal server error", 500);
  if (answer === "denied")
    throw new ResumeRefusal("AccessDeniedException", "The security token included in the request is invalid.", 403);
  return answer;
}
