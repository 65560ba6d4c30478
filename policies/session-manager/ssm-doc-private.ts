import type { ResourceRule } from "../rule";
import { isObject, isSet, textOf } from "../values";

/** Both spellings of the key (`aws.ssm.Document`, permissions). */
const ACCOUNTS = ["accountIds", "account_ids"] as const;

/** A document belongs to its account. */
export const ssmDocPrivate: ResourceRule = {
  id: "ssm-doc-private",
  title: "A document is not shared with everybody",
  why: "It tells the names of hosts inside, and whoever shares it may be followed by whoever changes it",
  severity: "high",
  level: "mandatory",
  references: ["FSBP SSM.4"],
  fix: "Leave permissions out, or name the accounts in accountIds",
  types: ["aws:ssm/document:Document"],
  check: ({ props }, { report, part }) => {
    const permissions = props["permissions"];
    if (!isSet(permissions)) return;
    if (!isObject(permissions)) return report("permissions cannot be read");
    for (const key of ACCOUNTS) {
      part(() => {
        const accounts = permissions[key];
        const names = (Array.isArray(accounts) ? accounts : textOf(accounts).split(",")) as readonly unknown[];
        if (names.some((name) => String(name).trim().toLowerCase() === "all"))
          report(`permissions.${key} names everybody`);
      });
    }
  },
};
