import { kmsRotation } from "../../../../policies/audit/kms-rotation";
import { UNKNOWN } from "../run-rule";
import { LOGS_CASES } from "./logs";
import type { RuleCases } from "./rule-cases";

type Values = Record<string, unknown>;

const rotating = (...statements: Values[]): Values => ({
  enableKeyRotation: true,
  policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
});
const use = (Principal: unknown, more: Values = {}): Values => ({
  Effect: "Allow",
  Action: "kms:*",
  Resource: "*",
  Principal,
  ...more,
});

export const AUDIT_CASES: readonly RuleCases[] = [
  ...LOGS_CASES,
  {
    rule: kmsRotation,
    ok: [
      { title: "on, with AWS's own policy", props: { enableKeyRotation: true } },
      { title: "on, for one account", props: rotating(use({ AWS: "arn:aws:iam::111122223333:root" })) },
      {
        title: "everybody of one organisation",
        props: rotating(use({ AWS: "*" }, { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } })),
      },
      { title: "a key that cannot rotate", props: { customerMasterKeySpec: "RSA_4096" } },
      {
        title: "a symmetric key, said so",
        props: { enableKeyRotation: true, customerMasterKeySpec: "SYMMETRIC_DEFAULT" },
      },
    ],
    bad: [
      { title: "missing", props: {}, found: ["enableKeyRotation is not on"] },
      {
        title: "off",
        props: { enableKeyRotation: false, customerMasterKeySpec: "SYMMETRIC_DEFAULT" },
        found: ["enableKeyRotation is not on"],
      },
      {
        title: "everybody",
        props: rotating(use("*")),
        found: ["policy: Statement[0] allows every Principal without Condition"],
      },
      {
        title: "every account, as an object",
        props: { enableKeyRotation: true, policy: { Statement: use({ AWS: ["*"] }) } },
        found: ["policy: Statement[0] allows every Principal without Condition"],
      },
      {
        title: "NotPrincipal",
        props: rotating(use(undefined, { NotPrincipal: { AWS: "111122223333" } })),
        found: ["policy: Statement[0] allows all but its NotPrincipal"],
      },
      { title: "nobody by name", props: rotating(use(undefined)), found: ["policy: Statement[0] names no Principal"] },
      {
        title: "what cannot be read",
        props: { enableKeyRotation: true, policy: "hunter2" },
        found: ["policy is not a policy document in JSON"],
      },
    ],
    unknown: [
      {
        title: "the switch: the policy is decided",
        props: { ...rotating(use("*")), enableKeyRotation: UNKNOWN },
        open: ["enableKeyRotation"],
        found: ["policy: Statement[0] allows every Principal without Condition"],
      },
      {
        title: "the policy: the switch is decided",
        props: { policy: UNKNOWN },
        open: ["policy"],
        found: ["enableKeyRotation is not on"],
      },
    ],
  },
];
