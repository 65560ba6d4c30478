import { ssoAbacSingleton } from "../../../../policies/identity-center/sso-abac-singleton";
import { ssoDbuserKnown } from "../../../../policies/identity-center/sso-dbuser-known";
import { ssoExpectedReach } from "../../../../policies/identity-center/sso-expected-reach";
import { UNKNOWN } from "../run-rule";
import { allow, text } from "./documents";
import type { StackSample } from "./estate";
import type { StackRuleCases } from "./stack-rule-cases";

type Values = Record<string, unknown>;

const user = (login: string, database = "cluster-ABC"): string =>
  `arn:aws:rds-db:eu-west-2:111122223333:dbuser:${database}/${login}`;
const document = (name: string): string => `arn:aws:ssm:eu-west-2:111122223333:document/${name}`;
const SELF = "${aws:PrincipalTag/userName}";
const resource = (type: string, name: string, props: Values, from?: StackSample["from"]): StackSample => ({
  type,
  name,
  props,
  ...(from ? { from } : {}),
});
const cluster = (clusterResourceId: unknown = "cluster-ABC"): StackSample =>
  resource("aws:rds/cluster:Cluster", "orders", { clusterResourceId, clusterIdentifier: "acme-dev-orders" });
const set = (name = "reader"): StackSample =>
  resource("aws:ssoadmin/permissionSet:PermissionSet", `set-${name}`, { name, arn: UNKNOWN });
const inline = (...statements: Values[]): StackSample => inlineOf(text(...statements));
const inlineOf = (inlinePolicy: unknown, of = "set-reader"): StackSample =>
  resource(
    "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
    "inline",
    { permissionSetArn: UNKNOWN, inlinePolicy },
    { permissionSetArn: [of] },
  );
const assigned = (principalType: string, principalId = "p-1"): StackSample =>
  resource(
    "aws:ssoadmin/accountAssignment:AccountAssignment",
    `to-${principalId}`,
    { permissionSetArn: UNKNOWN, principalType, principalId },
    { permissionSetArn: ["set-reader"] },
  );
const policy = resource("aws:iam/policy:Policy", "policy", {
  name: "logins",
  policy: text(allow("rds-db:connect", user("owner"))),
});
const customer = (name: string): StackSample =>
  resource(
    "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment",
    "customer",
    { permissionSetArn: UNKNOWN, customerManagedPolicyReference: { name } },
    { permissionSetArn: ["set-reader"] },
  );
const expectedReach = { reader: { logins: [SELF], clusters: ["acme-dev-orders"], documents: ["orders-reader"] } };
const attributes = (list: unknown): StackSample =>
  resource("aws:ssoadmin/instanceAccessControlAttributes:InstanceAccessControlAttributes", "abac", {
    attributes: list,
  });
const attribute = (key: unknown, ...sources: unknown[]): Values => ({ key, values: [{ sources }] });
const USER_NAME = "${path:userName}";

const CONNECT = "inline: inlinePolicy: Statement[0].Resource[0] of rds-db:connect";
const START = "inline: inlinePolicy: Statement[0].Resource[0] of ssm:StartSession";

export const IDENTITY_CENTER_STACK_CASES: readonly StackRuleCases[] = [
  {
    rule: ssoDbuserKnown,
    ok: [
      {
        title: "a cluster of the stack, and the caller's own login",
        resources: [cluster(), inline(allow("rds-db:connect", user(SELF)))],
      },
      {
        title: "a configured login",
        resources: [inline(allow("rds-db:connect", user("reader")))],
        settings: { dbUsers: ["reader"] },
      },
      {
        title: "a configured database",
        resources: [cluster(), inline(allow("rds-db:connect", user("reader", "db-XYZ")))],
        settings: { databases: ["db-XYZ"] },
      },
      {
        title: "a proxy and an instance of the stack",
        resources: [
          resource("aws:rds/proxy:Proxy", "proxy", { arn: "arn:aws:rds:eu-west-2:111122223333:db-proxy:prx-0A" }),
          resource("aws:rds/instance:Instance", "reports", { resourceId: "db-XYZ" }),
          inline(allow("rds-db:connect", [user("a", "prx-0A"), user("b", "db-XYZ")])),
        ],
      },
      {
        title: "one set, one login, one person",
        resources: [set(), inline(allow("rds-db:connect", user("jane"))), assigned("USER")],
        settings: { perUser: true },
      },
      { title: "no right to log in", resources: [cluster(), inline(allow("s3:*", "*"))] },
    ],
    bad: [
      {
        title: "a login that is not configured",
        resources: [inline(allow("rds-db:connect", user("hunter2")))],
        settings: { dbUsers: ["reader"] },
        found: [`${CONNECT} names a login that is not configured`],
      },
      {
        title: "a cluster of another stack",
        resources: [cluster(), inline(allow("rds-db:connect", user(SELF, "cluster-OTHER")))],
        found: [`${CONNECT} names a database that is not of this stack`],
      },
      {
        title: "a managed policy, and a database that is not configured",
        resources: [policy],
        settings: { databases: ["db-XYZ"] },
        found: [
          "policy: policy: Statement[0].Resource[0] of rds-db:connect names a database that is not of this stack",
        ],
      },
      {
        title: "one login for a group",
        resources: [set(), inline(allow("rds-db:connect", user("jane"))), assigned("GROUP")],
        settings: { perUser: true },
        found: ["to-p-1: principalType is not USER, though the set has one person's login"],
      },
      {
        title: "one login for two persons",
        resources: [set(), inline(allow("rds-db:connect", user("jane"))), assigned("USER"), assigned("USER", "p-2")],
        settings: { perUser: true },
        found: ["set-reader: The set of one login is assigned to several persons"],
      },
      {
        title: "two logins in one set",
        resources: [set(), inline(allow("rds-db:connect", [user("jane"), user("joe")])), assigned("USER")],
        settings: { perUser: true },
        found: ["set-reader: The set's policy names the logins of several persons"],
      },
    ],
    unknown: [
      { title: "the document", resources: [cluster(), inlineOf(UNKNOWN)], open: ["inlinePolicy"] },
      {
        title: "the cluster's id",
        resources: [cluster(UNKNOWN), inline(allow("rds-db:connect", user(SELF)))],
        open: ["clusterResourceId of orders"],
      },
      {
        title: "the cluster's id: the login is decided",
        resources: [cluster(UNKNOWN), inline(allow("rds-db:connect", user("hunter2")))],
        settings: { dbUsers: ["reader"] },
        open: ["clusterResourceId of orders"],
        found: [`${CONNECT} names a login that is not configured`],
      },
    ],
    notApplicable: [
      {
        title: "no database and no setting",
        resources: [inline(allow("rds-db:connect", user("reader", "cluster-OTHER")))],
      },
    ],
  },
  {
    rule: ssoExpectedReach,
    ok: [
      {
        title: "just what is expected",
        resources: [
          cluster(),
          set(),
          inline(
            allow("rds-db:connect", user(SELF)),
            allow("ssm:StartSession", ["arn:aws:ec2:eu-west-2:111122223333:instance/*", document("orders-reader")]),
          ),
        ],
        settings: { expectedReach },
      },
      {
        title: "the resource id in place of the identifier, before the cluster has one",
        resources: [cluster(UNKNOWN), set(), inline(allow("rds-db:connect", user(SELF)))],
        settings: { expectedReach: { reader: { logins: [SELF], clusters: ["cluster-ABC"] } } },
      },
      { title: "less than expected", resources: [set(), inline(allow("s3:*", "*"))], settings: { expectedReach } },
      {
        title: "a set that reaches nothing, and is not listed",
        resources: [set("auditor")],
        settings: { expectedReach },
      },
    ],
    bad: [
      {
        title: "another login",
        resources: [cluster(), set(), inline(allow("rds-db:connect", user("owner")))],
        settings: { expectedReach },
        found: [`${CONNECT} names a login that is not expected`],
      },
      {
        title: "another cluster",
        resources: [cluster(), set(), inline(allow("rds-db:connect", user(SELF, "cluster-OTHER")))],
        settings: { expectedReach },
        found: [`${CONNECT} names a cluster that is not expected`],
      },
      {
        title: "another document",
        resources: [set(), inline(allow("ssm:StartSession", document("orders-writer")))],
        settings: { expectedReach },
        found: [`${START} names a document that is not expected`],
      },
      {
        title: "everything",
        resources: [set(), inline(allow("*", "*"))],
        settings: { expectedReach },
        found: [`${CONNECT} reaches more than one database user`, `${START} names a document that is not expected`],
      },
      {
        title: "everything but something",
        resources: [set(), inline({ Effect: "Allow", NotAction: ["ssm:*", "s3:*"], Resource: "*" })],
        settings: { expectedReach },
        found: ["inline: inlinePolicy: Statement[0] allows rds-db:connect by NotAction"],
      },
      {
        title: "a set that is not listed",
        resources: [cluster(), set("writer"), inlineOf(text(allow("rds-db:connect", user(SELF))), "set-writer")],
        settings: { expectedReach },
        found: [`${CONNECT} names a login that is not expected`, `${CONNECT} names a cluster that is not expected`],
      },
      {
        title: "a customer's policy of the program, by its name",
        resources: [cluster(), set(), policy, customer("logins")],
        settings: { expectedReach },
        found: ["policy: policy: Statement[0].Resource[0] of rds-db:connect names a login that is not expected"],
      },
    ],
    unknown: [
      {
        title: "the document",
        resources: [set(), inlineOf(UNKNOWN)],
        settings: { expectedReach },
        open: ["inlinePolicy"],
      },
      {
        title: "the cluster's id: the login is decided",
        resources: [cluster(UNKNOWN), set(), inline(allow("rds-db:connect", user("owner")))],
        settings: { expectedReach },
        open: ["clusterResourceId of orders"],
        found: [`${CONNECT} names a login that is not expected`],
      },
      {
        title: "a set of another program",
        resources: [
          { ...inline(allow("rds-db:connect", user(SELF))), props: { permissionSetArn: "arn:set" }, from: {} },
        ],
        settings: { expectedReach },
        open: ["permission set of inline"],
      },
      {
        title: "a customer's policy that is not of the program",
        resources: [set(), customer("elsewhere")],
        settings: { expectedReach },
        open: ["policy of customer"],
      },
    ],
    notApplicable: [{ title: "nothing is expected", resources: [set(), inline(allow("*", "*"))] }],
  },
  {
    rule: ssoAbacSingleton,
    ok: [
      { title: "a stack without attributes", resources: [] },
      {
        title: "the owner, with all that must stay",
        resources: [attributes([attribute("dbUser", USER_NAME), attribute("team", "${path:enterprise.department}")])],
        settings: { owner: true, attributes: ["dbUser"], sources: [USER_NAME, "${path:enterprise.department}"] },
      },
    ],
    bad: [
      {
        title: "a stack that does not own them",
        resources: [attributes([attribute("dbUser", USER_NAME)])],
        found: ["abac: The attributes are written by a stack that does not own them"],
      },
      {
        title: "one left out",
        resources: [attributes([attribute("dbUser", USER_NAME)])],
        settings: { owner: true, attributes: ["dbUser", "team"] },
        found: ["abac: attributes leaves out one that must stay"],
      },
      {
        title: "a source that people can change",
        resources: [attributes([attribute("dbUser", USER_NAME), attribute("team", "${path:nickName}")])],
        settings: { owner: true },
        found: ["abac: attributes[1] comes from a source that is not allowed"],
      },
      {
        title: "twice",
        resources: [attributes([]), { ...attributes([]), name: "again" }],
        settings: { owner: true },
        found: ["again: The attributes are written more than once"],
      },
    ],
    unknown: [
      {
        title: "one attribute, which may be the missing one",
        resources: [attributes([UNKNOWN])],
        settings: { owner: true, attributes: ["dbUser"] },
        open: ["attributes.0"],
      },
      {
        title: "one attribute, whose source may be any",
        resources: [attributes([attribute("dbUser", USER_NAME), UNKNOWN])],
        settings: { owner: true, attributes: ["dbUser"] },
        open: ["attributes.1"],
      },
      {
        title: "a source: the next is decided",
        resources: [attributes([attribute("a", UNKNOWN), attribute("b", "x")])],
        settings: { owner: true },
        open: ["attributes.0.values.0.sources.0"],
        found: ["abac: attributes[1] comes from a source that is not allowed"],
      },
    ],
  },
];
