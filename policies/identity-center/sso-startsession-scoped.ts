import { DOCUMENT_TYPES, eachGrant } from "../documents/granted";
import type { ResourceRule } from "../rule";
import { sessionTargetProblem } from "./session-target";

/** Whoever may start a session, may do so on tagged instances, with documents of this account. */
export const ssoStartsessionScoped: ResourceRule = {
  id: "sso-startsession-scoped",
  title: "ssm:StartSession names tagged instances and documents of its own account",
  why: "Any other document is a shell on the bastion, or a tunnel to everything it reaches",
  severity: "critical",
  level: "mandatory",
  references: ["FSBP IAM.21", "Systems Manager user guide: Additional sample IAM policies for Session Manager"],
  fix: "Write one statement for instances with a condition on ssm:resourceTag/<key> and BoolIfExists ssm:SessionDocumentAccessCheck, and one that names each document",
  types: DOCUMENT_TYPES,
  check: (resource, verdict) =>
    eachGrant(resource, verdict, "ssm:StartSession", (statement, place) =>
      statement.resources.patterns.forEach((pattern, index) => {
        const problem = sessionTargetProblem(pattern, statement);
        if (problem !== undefined) verdict.report(`${place}.Resource[${index}] of ssm:StartSession ${problem}`);
      }),
    ),
};
