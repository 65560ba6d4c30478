import { iamNoAccessKeys } from "../../../../policies/iam/no-access-keys";
import { iamNoWildcards } from "../../../../policies/iam/no-wildcards";
import { iamOidcTrust, iamTrustNoStar } from "../../../../policies/iam/trust";
import { UNKNOWN } from "../run-rule";
import { allow, text } from "./documents";
import type { RuleCases } from "./rule-cases";

type Values = Record<string, unknown>;

const ROLE = "aws:iam/role:Role";
const policy = (...statements: Values[]): { props: Values } => ({ props: { policy: text(...statements) } });
const WIDE = "policy: Statement[0].Action[0] is a whole service on every resource";
const forms: readonly (readonly [type: string, path: string, props: (document: unknown) => Values])[] = [
  ["aws:iam/rolePolicy:RolePolicy", "policy", (document) => ({ policy: document })],
  ["aws:iam/userPolicy:UserPolicy", "policy", (document) => ({ policy: document })],
  ["aws:iam/groupPolicy:GroupPolicy", "policy", (document) => ({ policy: document })],
  [
    "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
    "inlinePolicy",
    (document) => ({ inlinePolicy: document }),
  ],
  [ROLE, "inlinePolicies[0].policy", (document) => ({ inlinePolicies: [{ name: "a", policy: document }] })],
];

const GITHUB = "token.actions.githubusercontent.com";
const PROVIDER = `arn:aws:iam::111122223333:oidc-provider/${GITHUB}`;
const trust = (Principal: unknown, Condition?: Values, more: Values = {}): { props: Values } => ({
  props: {
    assumeRolePolicy: text({
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Principal,
      ...(Condition ? { Condition } : {}),
      ...more,
    }),
  },
});
const AUD = { [`${GITHUB}:aud`]: "sts.amazonaws.com" };
const sub = (value: unknown): Values => ({ ...AUD, [`${GITHUB}:sub`]: value });
const lacks = (claim: string): string => `assumeRolePolicy: Statement[0] does not compare ${GITHUB}:${claim} in full`;

export const IAM_CASES: readonly RuleCases[] = [
  {
    rule: iamNoWildcards,
    ok: [
      { title: "actions by name, everywhere", ...policy(allow(["ssm:ListAssociations", "ssm:Get*"], "*")) },
      { title: "a whole service on one resource", ...policy(allow("s3:*", "arn:aws:s3:::bucket/*")) },
      {
        title: "a whole service in one account and of one kind",
        ...policy(allow("rds:*", "arn:aws:rds:*:111122223333:db:a")),
      },
      { title: "a denial of everything", ...policy({ Effect: "Deny", Action: "*", Resource: "*" }) },
      { title: "a role without policies of its own", type: ROLE, props: {} },
    ],
    bad: [
      { title: "everything", ...policy(allow("*", "*")), found: [WIDE] },
      { title: "a whole service", ...policy(allow(["s3:*"], ["*"])), found: [WIDE] },
      { title: "in other letters, and with more wildcards", ...policy(allow("S3:?**", "*")), found: [WIDE] },
      { title: "every service", ...policy(allow("*:*", "*")), found: [WIDE] },
      { title: "a wildcard behind the service", ...policy(allow("s3*", "*")), found: [WIDE] },
      { title: "every bucket", ...policy(allow("s3:*", "arn:aws:s3:::*")), found: [WIDE] },
      { title: "everything of a partition", ...policy(allow("s3:*", "arn:aws:*")), found: [WIDE] },
      { title: "all parts of an ARN", ...policy(allow("s3:*", "arn:*:*:*:*:*")), found: [WIDE] },
      { title: "one of two resources", ...policy(allow("s3:*", ["arn:aws:s3:::bucket", "*"])), found: [WIDE] },
      {
        title: "one of two actions",
        ...policy(allow(["s3:GetObject", "iam:*"], "*")),
        found: ["policy: Statement[0].Action[1] is a whole service on every resource"],
      },
      {
        title: "the second statement, though with a condition",
        ...policy(
          allow("s3:GetObject", "*"),
          allow("*", "*", { Condition: { Bool: { "aws:SecureTransport": "true" } } }),
        ),
        found: ["policy: Statement[1].Action[0] is a whole service on every resource"],
      },
      {
        title: "NotAction",
        ...policy({ Effect: "Allow", NotAction: ["iam:*"], Resource: "*" }),
        found: ["policy: Statement[0] allows all but its NotAction on every resource"],
      },
      {
        title: "NotResource",
        ...policy({ Effect: "Allow", Action: "s3:*", NotResource: "arn:aws:s3:::bucket" }),
        found: [WIDE],
      },
      {
        title: "text as getPolicyDocument gives it",
        props: {
          policy: JSON.stringify(
            { Version: "2012-10-17", Statement: [{ Sid: "", Effect: "Allow", Action: "*", Resource: "*" }] },
            null,
            2,
          ),
        },
        found: [WIDE],
      },
      { title: "one statement that is no list", props: { policy: { Statement: allow("*", "*") } }, found: [WIDE] },
      ...forms.map(([type, path, props]) => ({
        title: `the form ${type}`,
        type,
        props: props(text(allow("*", "*"))),
        found: [`${path}: Statement[0].Action[0] is a whole service on every resource`],
      })),
      { title: "no document", props: { policy: "hunter2" }, found: ["policy is not a policy document in JSON"] },
    ],
    unknown: [
      { title: "the document", props: { policy: UNKNOWN }, open: ["policy"] },
      {
        title: "one of a role's policies: the other is decided",
        type: ROLE,
        props: { inlinePolicies: [{ policy: UNKNOWN }, { policy: text(allow("*", "*")) }] },
        open: ["inlinePolicies.0.policy"],
        found: ["inlinePolicies[1].policy: Statement[0].Action[0] is a whole service on every resource"],
      },
    ],
  },
  {
    rule: iamNoAccessKeys,
    ok: [],
    bad: [
      { title: "a key", props: { user: UNKNOWN }, found: ["An access key is made, which has no end"] },
      {
        title: "a user",
        type: "aws:iam/user:User",
        props: {},
        found: ["An IAM user is made, whose credentials have no end"],
      },
      {
        title: "a console password",
        type: "aws:iam/userLoginProfile:UserLoginProfile",
        props: {},
        found: ["A console password is made, which has no end"],
      },
    ],
    unknown: [],
  },
  {
    rule: iamTrustNoStar,
    ok: [
      { title: "a service", ...trust({ Service: "ec2.amazonaws.com" }) },
      { title: "an account and a role", ...trust({ AWS: ["111122223333", "arn:aws:iam::111122223333:role/a"] }) },
      { title: "a denial for everybody", ...trust("*", undefined, { Effect: "Deny" }) },
    ],
    bad: [
      { title: "everybody", ...trust("*"), found: ["assumeRolePolicy: Statement[0] trusts every Principal"] },
      {
        title: "every account, though with a condition",
        ...trust({ AWS: "*" }, { StringEquals: { "sts:ExternalId": "hunter2" } }),
        found: ["assumeRolePolicy: Statement[0] trusts every Principal"],
      },
      {
        title: "one of two",
        ...trust({ AWS: ["111122223333", "*"] }),
        found: ["assumeRolePolicy: Statement[0] trusts every Principal"],
      },
      {
        title: "NotPrincipal",
        ...trust(undefined, undefined, { NotPrincipal: { AWS: "111122223333" } }),
        found: ["assumeRolePolicy: Statement[0] trusts all but its NotPrincipal"],
      },
      { title: "nobody by name", ...trust(undefined), found: ["assumeRolePolicy: Statement[0] names no Principal"] },
      {
        title: "an object",
        props: {
          assumeRolePolicy: { Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: ["*"] } }] },
        },
        found: ["assumeRolePolicy: Statement[0] trusts every Principal"],
      },
      {
        title: "what cannot be read",
        props: { assumeRolePolicy: "hunter2" },
        found: ["assumeRolePolicy is not a policy document in JSON"],
      },
      {
        title: "a principal that is no text",
        ...trust({ AWS: 7 }),
        found: ["assumeRolePolicy has no readable Statement[0]"],
      },
    ],
    unknown: [{ title: "the document", props: { assumeRolePolicy: UNKNOWN }, open: ["assumeRolePolicy"] }],
  },
  {
    rule: iamOidcTrust,
    ok: [
      {
        title: "a repository and branch",
        ...trust({ Federated: PROVIDER }, { StringEquals: sub("repo:a/b:ref:refs/heads/main") }),
      },
      {
        title: "the form with ids",
        ...trust({ Federated: PROVIDER }, { StringEquals: sub("repo:a@1/b@2:environment:prod") }),
      },
      {
        title: "two operators, without wildcards",
        ...trust({ Federated: PROVIDER }, { stringequals: AUD, StringLike: { [`${GITHUB}:SUB`]: ["repo:a/b:ref:x"] } }),
      },
      { title: "another provider", ...trust({ Federated: "arn:aws:iam::111122223333:oidc-provider/example.org" }) },
      { title: "a service", ...trust({ Service: "ec2.amazonaws.com" }) },
    ],
    bad: [
      { title: "no condition", ...trust({ Federated: PROVIDER }), found: [lacks("aud"), lacks("sub")] },
      { title: "no subject", ...trust({ Federated: PROVIDER }, { StringEquals: AUD }), found: [lacks("sub")] },
      {
        title: "a subject with wildcard",
        ...trust({ Federated: PROVIDER }, { StringEquals: AUD, StringLike: { [`${GITHUB}:sub`]: "repo:a/*" } }),
        found: [lacks("sub")],
      },
      {
        title: "a wildcard that is not even one",
        ...trust({ Federated: PROVIDER }, { StringEquals: sub("repo:a/*") }),
        found: [lacks("sub")],
      },
      {
        title: "one of two subjects",
        ...trust({ Federated: [PROVIDER] }, { StringLike: sub(["repo:a/b:ref:x", "repo:*"]) }),
        found: [lacks("sub")],
      },
      {
        title: "a subject only if there is one",
        ...trust(
          { Federated: PROVIDER },
          { StringEquals: AUD, StringEqualsIfExists: { [`${GITHUB}:sub`]: "repo:a/b" } },
        ),
        found: [lacks("sub")],
      },
      {
        title: "a provider of one enterprise",
        ...trust({ Federated: `${PROVIDER}/acme` }, { StringEquals: { [`${GITHUB}/acme:sub`]: "repo:a/b" } }),
        found: [lacks("aud")],
      },
      {
        title: "a configured provider",
        ...trust({ Federated: "arn:aws:iam::111122223333:oidc-provider/example.org" }),
        settings: { providers: ["example.org"] },
        found: [
          "assumeRolePolicy: Statement[0] does not compare example.org:aud in full",
          "assumeRolePolicy: Statement[0] does not compare example.org:sub in full",
        ],
      },
    ],
    unknown: [{ title: "the document", props: { assumeRolePolicy: UNKNOWN }, open: ["assumeRolePolicy"] }],
  },
];
