import { eachStatement } from "../documents/granted";
import { coversAction, mayName, type Statement } from "../documents/iam-document";
import type { ResourceRule } from "../rule";
import { INLINE_POLICY } from "./types";

const SESSIONS = "arn:%:ssm:%:%:session/%";

/** Whoever may start a session, may also open its channel. */
export const ssoDataChannel: ResourceRule = {
  id: "sso-data-channel",
  title: "A permission set that starts sessions may open their data channel",
  why: "Session Manager plugins from 1.2.764 on sign the channel: without this right every session starts and none connects",
  severity: "low",
  level: "mandatory",
  references: ["Systems Manager user guide: Sample IAM policies for Session Manager"],
  fix: "Write a statement that allows ssmmessages:OpenDataChannel on arn:<partition>:ssm:<region>:<account>:session/*",
  types: [INLINE_POLICY],
  check: (resource, { report, part }) => {
    let starts = false;
    let opens = false;
    let whole = false;
    part(() => {
      eachStatement(resource, { report: () => undefined, part: (decide) => decide() }, (statement) => {
        starts ||= statement.allows && coversAction(statement, "ssm:StartSession");
        opens ||= opensChannels(statement);
      });
      whole = true;
    });
    if (whole && starts && !opens)
      report("inlinePolicy allows ssm:StartSession without ssmmessages:OpenDataChannel on sessions");
  },
};

function opensChannels(statement: Statement): boolean {
  if (!statement.allows || !coversAction(statement, "ssmmessages:OpenDataChannel")) return false;
  const { inverted, patterns } = statement.resources;
  return inverted || patterns.some((pattern) => mayName(pattern, SESSIONS));
}
