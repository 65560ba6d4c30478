import { ssmDocPrivate } from "../../../../policies/session-manager/ssm-doc-private";
import { UNKNOWN } from "../run-rule";
import type { RuleCases } from "./rule-cases";

export const SSM_DOC_PRIVATE_CASES: readonly RuleCases[] = [
  {
    rule: ssmDocPrivate,
    ok: [
      { title: "not shared", props: {} },
      {
        title: "shared with accounts",
        props: { permissions: { type: "Share", accountIds: "111122223333,444455556666" } },
      },
      { title: "an account by list", props: { permissions: { account_ids: ["111122223333"] } } },
    ],
    bad: [
      {
        title: "everybody",
        props: { permissions: { type: "Share", accountIds: "All" } },
        found: ["permissions.accountIds names everybody"],
      },
      {
        title: "in the other spelling, among others",
        props: { permissions: { type: "Share", account_ids: "111122223333, all" } },
        found: ["permissions.account_ids names everybody"],
      },
      {
        title: "as a list",
        props: { permissions: { accountIds: ["111122223333", "All"] } },
        found: ["permissions.accountIds names everybody"],
      },
      { title: "what cannot be read", props: { permissions: "All" }, found: ["permissions cannot be read"] },
    ],
    unknown: [
      { title: "the permissions", props: { permissions: UNKNOWN }, open: ["permissions"] },
      { title: "the accounts", props: { permissions: { accountIds: UNKNOWN } }, open: ["permissions.accountIds"] },
    ],
  },
];
