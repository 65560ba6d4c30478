import { logsRetention } from "../../../../policies/audit/logs-retention";
import { UNKNOWN } from "../run-rule";
import type { RuleCases } from "./rule-cases";

export const LOGS_CASES: readonly RuleCases[] = [
  {
    rule: logsRetention,
    ok: [
      { title: "a year", props: { retentionInDays: 365, name: UNKNOWN } },
      { title: "ten years", props: { retentionInDays: 3653 } },
      { title: "what is configured", props: { retentionInDays: 90 }, settings: { minimumDays: 90 } },
    ],
    bad: [
      { title: "missing", props: {}, found: ["retentionInDays is missing"] },
      { title: "nought, which is for ever", props: { retentionInDays: 0 }, found: ["retentionInDays is missing"] },
      { title: "a month", props: { retentionInDays: 30 }, found: ["retentionInDays is less than 365"] },
      {
        title: "less than configured",
        props: { retentionInDays: 365 },
        settings: { minimumDays: 731 },
        found: ["retentionInDays is less than 731"],
      },
      { title: "no number", props: { retentionInDays: "long" }, found: ["retentionInDays is less than 365"] },
    ],
    unknown: [{ title: "the days", props: { retentionInDays: UNKNOWN }, open: ["retentionInDays"] }],
  },
];
