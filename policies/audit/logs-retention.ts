import type { ResourceRule } from "../rule";

/** Logs outlive the question about them, and do not stay for ever by accident. */
export const logsRetention: ResourceRule = {
  id: "logs-retention",
  title: "A log group keeps its events for a year or longer, and says how long",
  why: "Who was in a database last spring is asked next winter; left out, nobody decided",
  severity: "medium",
  level: "mandatory",
  references: ["FSBP CloudWatch.16"],
  fix: "Write retentionInDays: 365 or more",
  parameters: {
    minimumDays: { type: "integer", default: 365, about: "Days that events are kept at least (FSBP CloudWatch.16)" },
  },
  types: ["aws:cloudwatch/logGroup:LogGroup"],
  check: ({ props }, { report }, { minimumDays }) => {
    const days = Number(props["retentionInDays"] ?? 0);
    if (days === 0) report("retentionInDays is missing");
    else if (!(days >= Number(minimumDays))) report(`retentionInDays is less than ${String(minimumDays)}`);
  },
};
