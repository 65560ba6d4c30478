import { DOCUMENT_TYPES, eachGrant } from "../documents/granted";
import { mayName, type ConditionTest, type Statement } from "../documents/iam-document";
import type { ResourceRule } from "../rule";

const ACTIONS = ["ssm:TerminateSession", "ssm:ResumeSession"] as const;
const SESSIONS = "arn:%:ssm:%:%:session/%";
/** A session's name begins with the caller's (Systems Manager user guide, "Additional sample IAM policies for Session Manager"). */
const OWN_NAME = /^arn:[^:]+:ssm:[^:]*:[^:]*:session\/\$\{aws:(userid|username)\}-\*$/i;
const OWN_TAG = /^\$\{aws:(userid|username)\}(-?\*)?$/i;
const TAG_KEY = /^(ssm|aws):resourcetag\/aws:ssmmessages:session-id$/;

/** Whoever may end or resume sessions, may do so with their own. */
export const ssoOwnSessions: ResourceRule = {
  id: "sso-own-sessions",
  title: "ssm:TerminateSession and ssm:ResumeSession are about the caller's own sessions",
  why: "Who resumes the session of another person sits in that person's tunnel",
  severity: "high",
  level: "mandatory",
  references: ["Systems Manager user guide: Additional sample IAM policies for Session Manager"],
  fix: 'Write Condition StringLike "ssm:resourceTag/aws:ssmmessages:session-id": "${aws:userid}*", or Resource as …:session/${aws:userid}-*',
  types: DOCUMENT_TYPES,
  check: (resource, verdict) => {
    for (const action of ACTIONS) {
      eachGrant(resource, verdict, action, (statement, place) =>
        statement.resources.patterns.forEach((pattern, index) => {
          if (!isOwn(pattern, statement))
            verdict.report(`${place}.Resource[${index}] of ${action} reaches sessions of others`);
        }),
      );
    }
  },
};

function isOwn(resource: string, { conditions }: Statement): boolean {
  return !mayName(resource, SESSIONS) || OWN_NAME.test(resource) || conditions.some(asksForOwn);
}

function asksForOwn({ operator, key, values }: ConditionTest): boolean {
  const asks = operator === "stringequals" || operator === "stringlike";
  return asks && TAG_KEY.test(key) && values.length > 0 && values.every((value) => OWN_TAG.test(value));
}
