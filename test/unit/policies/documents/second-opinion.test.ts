import assert from "node:assert/strict";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import fc from "fast-check";
import { eachGrant } from "../../../../policies/documents/granted";
import { iamNoWildcards } from "../../../../policies/iam/no-wildcards";
import { ssoConnectScoped } from "../../../../policies/identity-center/sso-connect-scoped";
import { ssoStartsessionScoped } from "../../../../policies/identity-center/sso-startsession-scoped";
import type { ResourceRule } from "../../../../policies/rule";
import { runRule } from "../run-rule";

type Statement = Record<string, unknown>;

const ACCOUNT = "111122223333";
const INLINE = "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy";
const CONNECT = "rds-db:connect";
const START = "ssm:StartSession";
const login = (user: string, database = "cluster-ABC", region = "eu-west-2", account = ACCOUNT): string =>
  `arn:aws:rds-db:${region}:${account}:dbuser:${database}/${user}`;
const document = (name: string, account = ACCOUNT): string => `arn:aws:ssm:eu-west-2:${account}:document/${name}`;
const INSTANCE = `arn:aws:ec2:eu-west-2:${ACCOUNT}:instance/i-0123456789abcdef0`;
const CONTEXT = { "aws:PrincipalTag/userName": "jane" };

/** Whether the other evaluator lets a call pass; undefined if it refuses to judge the policy. */
async function allows(
  statements: readonly Statement[],
  action: string,
  resource: string,
  contextVariables: Record<string, string> = CONTEXT,
): Promise<boolean | undefined> {
  const answer = await runSimulation(
    {
      identityPolicies: [{ name: "policy", policy: { Version: "2012-10-17", Statement: statements } as never }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      request: {
        action,
        principal: `arn:aws:sts::${ACCOUNT}:assumed-role/role/jane`,
        resource: { resource, accountId: resource.split(":")[4] || ACCOUNT },
        contextVariables,
      },
    },
    {},
  );
  return "overallResult" in answer ? String(answer.overallResult) === "Allowed" : undefined;
}

const inLetters = (text: string): fc.Arbitrary<string> =>
  fc.constantFrom(text, text.toUpperCase(), text.toLowerCase()).filter((each) => each.includes(":"));
/** A wildcard in any place of a text, in place of a letter or of all that follows. */
const withWildcards = (text: string, from = 0): fc.Arbitrary<string> =>
  fc
    .tuple(fc.integer({ min: from, max: text.length - 1 }), fc.constantFrom("*", "?", "**"), fc.boolean())
    .map(([at, wild, rest]) => text.slice(0, at) + wild + (rest && wild !== "?" ? "" : text.slice(at + 1)));
/** Behind the service's colon: the other evaluator takes no wildcard before it, as IAM does not. */
const actionsLike = (action: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: inLetters(action) },
    { weight: 2, arbitrary: withWildcards(action, action.indexOf(":") + 1) },
    { weight: 1, arbitrary: fc.constantFrom("*", "s3:*", "iam:Get*", "rds:*") },
  );
const oneOrMore = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> =>
  fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 3 }));
const statement = (
  action: string,
  resource: fc.Arbitrary<string>,
  condition: fc.Arbitrary<unknown> = fc.constant(undefined),
): fc.Arbitrary<Statement> =>
  fc
    .record({
      Effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
      Action: oneOrMore(actionsLike(action)),
      Resource: oneOrMore(resource),
      Condition: condition,
      notAction: fc.nat(5),
      notResource: fc.nat(5),
    })
    .map(({ Effect, Action, Resource, Condition, notAction, notResource }) => ({
      Effect,
      [notAction === 0 ? "NotAction" : "Action"]: Action,
      [notResource === 0 ? "NotResource" : "Resource"]: Resource,
      ...(Condition === undefined ? {} : { Condition }),
    }));
const documents = (one: fc.Arbitrary<Statement>): fc.Arbitrary<Statement[]> =>
  fc.array(one, { minLength: 1, maxLength: 2 });
const spelled = (statements: readonly Statement[], asText: boolean): unknown => {
  const whole = { Version: "2012-10-17", Statement: statements.length === 1 ? statements[0] : statements };
  return asText ? JSON.stringify(whole) : whole;
};
const silent = (rule: ResourceRule, policy: unknown): boolean => {
  const { violations, undecided } = runRule(rule, { inlinePolicy: policy }, INLINE);
  assert.equal(undecided, "");
  return violations.length === 0;
};
const resourcesOf = (statements: readonly Statement[]): string[] =>
  statements.flatMap(({ Resource = [] }) => Resource as string | string[]);

describe("documents, held against @cloud-copilot/iam-simulate", function () {
  this.timeout(30_000);

  it("eachGrant finds a statement, or reports one, wherever the other lets the action pass", async () => {
    let passed = 0;
    const any = documents(
      statement(CONNECT, fc.oneof(fc.constant("*"), fc.constant(login("reader")), withWildcards(login("reader"), 49))),
    );
    await fc.assert(
      fc.asyncProperty(any, fc.boolean(), async (statements, asText) => {
        let found = 0;
        const count = (): void => void (found += 1);
        const props = { inlinePolicy: spelled(statements, asText) };
        eachGrant(
          { type: INLINE, name: "it", urn: "it", props },
          { report: count, part: (decide) => decide() },
          CONNECT,
          count,
        );
        if ((await allows(statements, CONNECT, login("reader"))) === true) {
          passed += 1;
          assert.ok(found > 0);
        }
      }),
      { numRuns: 250 },
    );
    assert.ok(passed > 40, `only ${passed} documents let something pass`);
  });

  it("eachGrant finds an action exactly where the other does, when all resources are named", async () => {
    const both = [0, 0];
    await fc.assert(
      fc.asyncProperty(oneOrMore(actionsLike(CONNECT)), fc.boolean(), async (actions, inverted) => {
        const statements = [{ Effect: "Allow", [inverted ? "NotAction" : "Action"]: actions, Resource: "*" }];
        const other = await allows(statements, CONNECT, login("reader"));
        if (other === undefined) return;
        let found = false;
        const note = (): void => void (found = true);
        const props = { inlinePolicy: spelled(statements, true) };
        eachGrant(
          { type: INLINE, name: "it", urn: "it", props },
          { report: note, part: (decide) => decide() },
          CONNECT,
          note,
        );
        assert.equal(found, other);
        both[other ? 1 : 0] = (both[other ? 1 : 0] ?? 0) + 1;
      }),
      { numRuns: 250 },
    );
    assert.ok(Math.min(...both) > 25, `${both.join(" and ")} of each`);
  });

  it("sso-connect-scoped: what it is silent about lets nobody log in but as it is written", async () => {
    const probes = [
      login("owner"),
      login("jane"),
      login("reader", "cluster-XYZ"),
      login("reader", "cluster-ABC", "eu-west-1"),
      login("reader", "cluster-ABC", "eu-west-2", "444455556666"),
    ];
    const resource = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(login("reader"), login("jane"), login("${aws:PrincipalTag/userName}")) },
      { weight: 2, arbitrary: withWildcards(login("reader"), 4) },
      { weight: 1, arbitrary: fc.constantFrom("*", "arn:aws:s3:::bucket/*") },
    );
    let quiet = 0;
    await fc.assert(
      fc.asyncProperty(documents(statement(CONNECT, resource)), fc.boolean(), async (statements, asText) => {
        if (!silent(ssoConnectScoped, spelled(statements, asText))) return;
        quiet += 1;
        const written = resourcesOf(statements).map((each) => each.replace("${aws:PrincipalTag/userName}", "jane"));
        for (const probe of probes)
          if ((await allows(statements, CONNECT, probe)) === true) assert.ok(written.includes(probe), probe);
      }),
      { numRuns: 250 },
    );
    assert.ok(quiet > 25, `silent about ${quiet} only`);
  });

  it("sso-startsession-scoped: what it is silent about opens no shell, no foreign document and no other instance", async () => {
    const conditions = fc.constantFrom(
      undefined,
      { BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } },
      {
        StringEquals: { "ssm:resourceTag/role": "bastion" },
        BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" },
      },
      {
        StringLike: { "ssm:resourceTag/role": ["b*", "*"] },
        Bool: { "ssm:SessionDocumentAccessCheck": "true" },
      },
      { StringNotEquals: { "ssm:resourceTag/role": "app" }, Bool: { "ssm:SessionDocumentAccessCheck": "true" } },
    );
    const resource = fc.oneof(
      fc.constantFrom(document("orders"), `arn:aws:ec2:eu-west-2:${ACCOUNT}:instance/*`, INSTANCE),
      withWildcards(document("orders"), 4),
      withWildcards(INSTANCE, 4),
      fc.constantFrom("*", "arn:aws:s3:::bucket/*", document("SSM-SessionManagerRunShell")),
    );
    const shells = [document("SSM-SessionManagerRunShell"), document("orders", "444455556666"), document("other")];
    const app = { ...CONTEXT, "ssm:resourceTag/role": "app", "ssm:SessionDocumentAccessCheck": "true" };
    const unchecked = { ...CONTEXT, "ssm:resourceTag/role": "bastion", "ssm:SessionDocumentAccessCheck": "false" };
    let quiet = 0;
    await fc.assert(
      fc.asyncProperty(documents(statement(START, resource, conditions)), fc.boolean(), async (statements, asText) => {
        if (!silent(ssoStartsessionScoped, spelled(statements, asText))) return;
        quiet += 1;
        for (const shell of shells) assert.notEqual(await allows(statements, START, shell), true, shell);
        assert.notEqual(await allows(statements, START, INSTANCE, unchecked), true, "a default shell");
        if (!resourcesOf(statements).includes(INSTANCE))
          assert.notEqual(await allows(statements, START, INSTANCE, app), true, "another instance");
      }),
      { numRuns: 250 },
    );
    assert.ok(quiet > 25, `silent about ${quiet} only`);
  });

  it("iam-no-wildcards: what it is silent about lets no service pass whole and everywhere", async () => {
    // One call that nobody would write by name for each service: whoever may make all of them has everything.
    const calls: readonly (readonly [string, string])[] = [
      ["s3:GetObject", "arn:aws:s3:::somebodys-bucket/key"],
      ["s3:DeleteBucket", "arn:aws:s3:::somebodys-bucket"],
      ["s3:PutBucketPolicy", "arn:aws:s3:::somebodys-bucket"],
    ];
    const action = fc.constantFrom("*", "s3:*", "S3:**", "s3:?*", "s3:Get*", "s3:PutObject", "iam:*", "s3:*Object");
    const resource = fc.constantFrom("*", "arn:aws:s3:::*", "arn:*", "arn:aws:s3:::own/*", "arn:aws:s3:::own");
    let quiet = 0;
    const one = fc
      .record({ action: oneOrMore(action), resource: oneOrMore(resource), not: fc.nat(6), notResource: fc.nat(6) })
      .map(({ action: Action, resource: Resource, not, notResource }) => ({
        Effect: "Allow",
        [not === 0 ? "NotAction" : "Action"]: Action,
        [notResource === 0 ? "NotResource" : "Resource"]: Resource,
      }));
    await fc.assert(
      fc.asyncProperty(one, fc.boolean(), async (each, asText) => {
        if (!silent(iamNoWildcards, spelled([each], asText))) return;
        quiet += 1;
        const passed = await Promise.all(calls.map(([call, target]) => allows([each], call, target)));
        assert.ok(!passed.every((answer) => answer === true));
      }),
      { numRuns: 250 },
    );
    assert.ok(quiet > 25, `silent about ${quiet} only`);
  });
});
