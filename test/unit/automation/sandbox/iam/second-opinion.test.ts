import assert from "node:assert/strict";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import fc from "fast-check";
import { evaluate, type Evaluation } from "../../../../../automation/sandbox/iam/evaluate";
import type { PolicyDocument, PolicyStatement } from "../../../../../automation/sandbox/iam/policy";

const ACCOUNT = "000000000000";
const INSTANCE = `arn:aws:ec2:eu-west-2:${ACCOUNT}:instance/i-0123456789abcdef0`;
const DOCUMENT = `arn:aws:ssm:eu-west-2:${ACCOUNT}:document/sp-payments-dev-app-writer`;
const WORDS: Readonly<Record<string, Evaluation>> = {
  Allowed: "allow",
  ExplicitlyDenied: "explicitDeny",
  ImplicitlyDenied: "implicitDeny",
};

/** The decision of the other evaluator; `undefined` if it refuses to judge. */
async function secondOpinion(
  policy: PolicyDocument,
  action: string,
  resource: string,
  context: Record<string, string>,
): Promise<Evaluation | undefined> {
  const answer = await runSimulation(
    {
      identityPolicies: [{ name: "policy", policy: { Version: "2012-10-17", ...policy } }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      request: {
        action,
        principal: `arn:aws:sts::${ACCOUNT}:assumed-role/role/jane`,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: context,
      },
    },
    {},
  );
  return "overallResult" in answer ? WORDS[String(answer.overallResult)] : undefined;
}

/** `?` and `*` somewhere in a text; in an ARN only behind the type of resource, where the two evaluators read wildcards alike. */
const wildcards = (text: string): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constant(text),
    fc.constant("*"),
    fc.nat(text.length - 1).map((at) => `${text.slice(0, at)}*`),
    fc.nat(text.length - 1).map((at) => `${text.slice(0, at)}?${text.slice(at + 1)}`),
  );
const actions = fc
  .oneof(
    wildcards("ssm:StartSession"),
    fc.constantFrom("ssm:startsession", "rds-db:connect", "ssm:Resume*", "s*:StartSession"),
  )
  .filter((text) => text === "*" || /^[a-z0-9-]+\*?:./i.test(text));
const behindType = (arn: string): fc.Arbitrary<string> =>
  wildcards(arn.slice(arn.indexOf("/") + 1)).map((rest) => arn.slice(0, arn.indexOf("/") + 1) + rest);
const resources = fc.oneof(
  fc.constant("*"),
  behindType(INSTANCE),
  behindType(DOCUMENT),
  fc.constantFrom("arn:aws:ec2:*:*:instance/*", "arn:aws:ssm:eu-west-2:*:document/${aws:PrincipalTag/document}"),
);
const conditions = fc.constantFrom<PolicyStatement["Condition"]>(
  undefined,
  { StringEquals: { "ssm:resourceTag/door": "a" } },
  { StringNotEquals: { "ssm:resourceTag/door": "a" } },
  { StringLike: { "ssm:resourceTag/door": ["b*", "a*"] } },
  { StringEquals: { "ssm:resourceTag/door": "${aws:PrincipalTag/document}" } },
  { BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } },
  { Bool: { "ssm:SessionDocumentAccessCheck": "true" } },
  { DateGreaterThanEquals: { "aws:CurrentTime": "2026-11-22T12:00:00Z" } },
  { DateLessThan: { "aws:CurrentTime": "2026-11-22T12:00:00Z" } },
  { Null: { "aws:PrincipalTag/document": "true" } },
  { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/r*" } },
);
const statements: fc.Arbitrary<PolicyStatement> = fc
  .record({
    Effect: fc.constantFrom("Allow" as const, "Allow" as const, "Deny" as const),
    not: fc.boolean(),
    notResource: fc.boolean(),
    action: actions,
    resource: resources,
    Condition: conditions,
  })
  // Unproven, and read more strictly here than there.
  .filter(({ notResource, resource }) => !(notResource && resource.includes("${")))
  .map(({ Effect, not, notResource, action, resource, Condition }) => ({
    Effect,
    ...(not ? { NotAction: [action] } : { Action: action }),
    ...(notResource ? { NotResource: [resource] } : { Resource: [resource] }),
    ...(Condition === undefined ? {} : { Condition }),
  }));
const contexts = fc.constantFrom<Record<string, string>>(
  { "aws:CurrentTime": "2026-11-22T12:00:00Z", "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/role` },
  {
    "aws:CurrentTime": "2026-11-23T12:00:00Z",
    "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/role`,
    "ssm:resourceTag/door": "a",
    "aws:PrincipalTag/document": "sp-payments-dev-app-writer",
  },
  {
    "aws:CurrentTime": "2026-11-21T12:00:00Z",
    "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/x`,
    "ssm:resourceTag/door": "ab",
    "aws:PrincipalTag/document": "ab",
  },
);

describe("evaluate, held against @cloud-copilot/iam-simulate", function () {
  this.timeout(60_000);

  it("both decide alike over generated policies, calls and contexts", async () => {
    let judged = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(statements, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(INSTANCE, DOCUMENT),
        contexts,
        async (Statement, resource, context) => {
          const other = await secondOpinion({ Statement }, "ssm:StartSession", resource, context);
          if (other === undefined) return;
          judged += 1;
          assert.equal(evaluate([{ Statement }], { action: "ssm:StartSession", resource, context }), other);
        },
      ),
      { numRuns: 400 },
    );
    assert.ok(judged > 200, `only ${judged} of 400 cases were judged by both`);
  });
});
