import { ssoConnectScoped } from "../../../../policies/identity-center/sso-connect-scoped";
import { UNKNOWN } from "../run-rule";
import { allow, text } from "./documents";
import type { RuleCases } from "./rule-cases";

const ACTION = "rds-db:connect";
const USER = "arn:aws:rds-db:eu-west-2:111122223333:dbuser:cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const SELF = `${USER}/\${aws:PrincipalTag/dbUser}`;
const IAM = "aws:iam/policy:Policy";
const ROLE = "aws:iam/role:Role";
const INLINE = "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy";
const forms = [
  IAM,
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/groupPolicy:GroupPolicy",
];

const inline = (Resource: unknown, Action: unknown = ACTION): { type: string; props: Record<string, unknown> } => ({
  type: INLINE,
  props: { inlinePolicy: text(allow(Action, Resource)) },
});
const said = (problem: string, index = 0): string =>
  `inlinePolicy: Statement[0].Resource[${index}] of rds-db:connect ${problem}`;

export const SSO_CONNECT_SCOPED_CASES: RuleCases = {
  rule: ssoConnectScoped,
  ok: [
    { title: "the caller's own user", ...inline(SELF) },
    { title: "the caller's own user of a role", ...inline([`${SELF}--readonly`, `${USER}/reader`]) },
    { title: "another partition", ...inline("arn:aws-us-gov:rds-db:us-gov-west-1:111122223333:dbuser:db-ABC/reader") },
    { title: "other actions", ...inline("*", ["rds:Describe*", "s3:*"]) },
    { title: "a resource of another service", ...inline("arn:aws:s3:::bucket/*", "*") },
    {
      title: "a denial of everything",
      type: INLINE,
      props: { inlinePolicy: text({ Effect: "Deny", Action: "*", Resource: "*" }) },
    },
    { title: "a role without policies of its own", type: ROLE, props: { assumeRolePolicy: UNKNOWN } },
    { title: "a set without policy", type: INLINE, props: {} },
  ],
  bad: [
    { title: "everything", ...inline("*"), found: [said("reaches every database user")] },
    { title: "every service", ...inline("*", "*"), found: [said("reaches every database user")] },
    {
      title: "every action of the service, in other letters",
      ...inline("*", "RDS-DB:*"),
      found: [said("reaches every database user")],
    },
    {
      title: "a wildcard in the action's name",
      ...inline("*", ["s3:Get*", "rds-db:conn?ct"]),
      found: [said("reaches every database user")],
    },
    {
      title: "a wildcard for the service",
      ...inline("arn:aws:*:eu-west-2:111122223333:dbuser:db-A/x"),
      found: [said("reaches every database user")],
    },
    { title: "any user", ...inline(`${USER}/*`), found: [said("reaches more than one database user")] },
    {
      title: "users by their beginning",
      ...inline([SELF, `${USER}/app_*`]),
      found: [said("reaches more than one database user", 1)],
    },
    { title: "one unknown letter", ...inline(`${USER}/reade?`), found: [said("reaches more than one database user")] },
    {
      title: "a name that the caller chooses",
      ...inline(`${USER}/\${aws:RequestTag/dbUser}`),
      found: [said("reaches more than one database user")],
    },
    {
      title: "any database",
      ...inline("arn:aws:rds-db:eu-west-2:111122223333:dbuser:*/reader"),
      found: [said("reaches more than one database")],
    },
    {
      title: "any account",
      ...inline("arn:aws:rds-db:eu-west-2:*:dbuser:cluster-ABC/reader"),
      found: [said("leaves partition, region or account open")],
    },
    {
      title: "any region",
      ...inline("arn:aws:rds-db:*:111122223333:dbuser:cluster-ABC/reader"),
      found: [said("leaves partition, region or account open")],
    },
    {
      title: "a cluster identifier",
      ...inline("arn:aws:rds-db:eu-west-2:111122223333:dbuser:orders/reader"),
      found: [said("names a database by its identifier, which IAM never matches, in place of its resource id")],
    },
    { title: "no user at all", ...inline(USER), found: [said("names no database user")] },
    {
      title: "NotAction",
      type: INLINE,
      props: { inlinePolicy: text({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }) },
      found: ["inlinePolicy: Statement[0] allows rds-db:connect by NotAction"],
    },
    {
      title: "NotResource",
      type: INLINE,
      props: { inlinePolicy: text({ Effect: "Allow", Action: ACTION, NotResource: SELF }) },
      found: ["inlinePolicy: Statement[0] allows rds-db:connect by NotResource"],
    },
    {
      title: "the second statement",
      type: INLINE,
      props: { inlinePolicy: text(allow(ACTION, SELF), allow(ACTION, "*")) },
      found: ["inlinePolicy: Statement[1].Resource[0] of rds-db:connect reaches every database user"],
    },
    ...forms.map((type) => ({
      title: `the form ${type}`,
      type,
      props: { policy: text(allow(ACTION, "*")) },
      found: ["policy: Statement[0].Resource[0] of rds-db:connect reaches every database user"],
    })),
    {
      title: "a policy as an object",
      type: IAM,
      props: { policy: { Version: "2012-10-17", Statement: [allow([ACTION], ["*"])] } },
      found: ["policy: Statement[0].Resource[0] of rds-db:connect reaches every database user"],
    },
    {
      title: "a role's inline policy",
      type: ROLE,
      props: {
        inlinePolicies: [
          { name: "a", policy: text(allow(ACTION, SELF)) },
          { name: "b", policy: text(allow(ACTION, "*")) },
        ],
      },
      found: ["inlinePolicies[1].policy: Statement[0].Resource[0] of rds-db:connect reaches every database user"],
    },
    {
      title: "text that is no document",
      type: IAM,
      props: { policy: "hunter2" },
      found: ["policy is not a policy document in JSON"],
    },
    {
      title: "a statement that allows nothing in particular",
      type: IAM,
      props: { policy: text({ Effect: "Allow", Resource: "*" }) },
      found: ["policy has no readable Statement[0]"],
    },
  ],
  unknown: [
    { title: "the document", type: INLINE, props: { inlinePolicy: UNKNOWN }, open: ["inlinePolicy"] },
    {
      title: "one of a role's policies: the other is decided",
      type: ROLE,
      props: { inlinePolicies: [{ policy: UNKNOWN }, { policy: text(allow(ACTION, "*")) }] },
      open: ["inlinePolicies.0.policy"],
      found: ["inlinePolicies[1].policy: Statement[0].Resource[0] of rds-db:connect reaches every database user"],
    },
    {
      title: "a resource in a document that is an object",
      type: IAM,
      props: { policy: { Statement: [allow(ACTION, [SELF, UNKNOWN])] } },
      open: ["policy.Statement.0.Resource.1"],
    },
  ],
};
