import type { ResourceRule } from "./rule";

/** Days that an audit trail is kept at least (default of FSBP CloudWatch.16). */
const MINIMUM_DAYS = 365;

/** Logs outlive the question about them, and do not stay for ever by accident. */
export const logsRetention: ResourceRule = {
  id: "logs-retention",
  title: "A log group keeps its events for a year or longer, and says how long",
  why: "Who was in a database last spring is asked next winter; left out, nobody decided",
  severity: "medium",
  level: "mandatory",
  references: ["FSBP CloudWatch.16"],
  fix: `Write retentionInDays: ${MINIMUM_DAYS} or more`,
  types: ["aws:cloudwatch/logGroup:LogGroup"],
  check: ({ props }, { report }) => {
    const days = Number(props["retentionInDays"] ?? 0);
    if (days === 0) report("retentionInDays is missing");
    else if (!(days >= MINIMUM_DAYS)) report(`retentionInDays is less than ${MINIMUM_DAYS}`);
  },
};
