import assert from "node:assert/strict";
import { evaluate, type Evaluation } from "../../../../../automation/sandbox/iam/evaluate";
import { parsePolicy, type PolicyStatement } from "../../../../../automation/sandbox/iam/policy";

const INSTANCE = "arn:aws:ec2:eu-west-2:000000000000:instance/i-0123456789abcdef0";
const TAGGED = { "ssm:resourceTag/sallyport:door": "payments/dev", "aws:userid": "AROA1:jane" };

/** One statement, one call. */
function judge(
  statement: Partial<PolicyStatement>,
  action: string,
  resource: string,
  context: Record<string, string | string[]> = {},
): Evaluation {
  return evaluate([{ Statement: { Effect: "Allow", ...statement } }], { action, resource, context });
}

describe("evaluate", () => {
  const table: [string, Partial<PolicyStatement>, string, string, Record<string, string | string[]>, Evaluation][] = [
    [
      "nothing said is denied",
      { Action: "ssm:StartSession", Resource: "*" },
      "rds-db:connect",
      "*",
      {},
      "implicitDeny",
    ],
    [
      "actions are compared without case",
      { Action: "SSM:startsession", Resource: "*" },
      "ssm:StartSession",
      INSTANCE,
      {},
      "allow",
    ],
    ["a wildcard in an action", { Action: "ssm:*Session", Resource: "*" }, "ssm:StartSession", INSTANCE, {}, "allow"],
    ["NotAction allows all others", { NotAction: "iam:*", Resource: "*" }, "ssm:StartSession", INSTANCE, {}, "allow"],
    [
      "NotAction does not allow what it names",
      { NotAction: "iam:*", Resource: "*" },
      "iam:CreateRole",
      "*",
      {},
      "implicitDeny",
    ],
    [
      "resources are compared with case",
      { Action: "*", Resource: INSTANCE.toUpperCase() },
      "ssm:StartSession",
      INSTANCE,
      {},
      "implicitDeny",
    ],
    [
      "a wildcard in a resource",
      { Action: "*", Resource: "arn:aws:ec2:*:*:instance/*" },
      "ssm:StartSession",
      INSTANCE,
      {},
      "allow",
    ],
    ["a question mark is one character", { Action: "*", Resource: "a?c" }, "x:y", "abbc", {}, "implicitDeny"],
    [
      "a variable stands for the request's value",
      { Action: "*", Resource: "u/${aws:PrincipalTag/dbuser}" },
      "x:y",
      "u/jane",
      { "aws:PrincipalTag/dbuser": "jane" },
      "allow",
    ],
    [
      "a variable without a value matches nothing",
      { Action: "*", Resource: "u/${aws:PrincipalTag/dbuser}" },
      "x:y",
      "u/",
      {},
      "implicitDeny",
    ],
    [
      "a star inside a variable's value is no wildcard",
      { Action: "*", Resource: "u/${aws:PrincipalTag/dbuser}" },
      "x:y",
      "u/sam",
      { "aws:PrincipalTag/dbuser": "*" },
      "implicitDeny",
    ],
    [
      "a variable's default",
      { Action: "*", Resource: "u/${aws:PrincipalTag/team, 'none'}" },
      "x:y",
      "u/none",
      {},
      "allow",
    ],
    [
      "StringEquals on an absent key",
      { Action: "*", Resource: "*", Condition: { StringEquals: { "a:b": "c" } } },
      "x:y",
      "z",
      {},
      "implicitDeny",
    ],
    [
      "StringNotEquals on an absent key",
      { Action: "*", Resource: "*", Condition: { StringNotEquals: { "a:b": "c" } } },
      "x:y",
      "z",
      {},
      "allow",
    ],
    [
      "StringEqualsIfExists on an absent key",
      { Action: "*", Resource: "*", Condition: { StringEqualsIfExists: { "a:b": "c" } } },
      "x:y",
      "z",
      {},
      "allow",
    ],
    [
      "Bool on an absent key: mutation 20",
      { Action: "*", Resource: "*", Condition: { Bool: { "ssm:SessionDocumentAccessCheck": "true" } } },
      "x:y",
      "z",
      {},
      "implicitDeny",
    ],
    [
      "BoolIfExists on an absent key",
      { Action: "*", Resource: "*", Condition: { BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } } },
      "x:y",
      "z",
      {},
      "allow",
    ],
    [
      "condition keys are compared without case",
      { Action: "*", Resource: "*", Condition: { StringEquals: { "SSM:resourceTag/sallyport:door": "payments/dev" } } },
      "x:y",
      "z",
      TAGGED,
      "allow",
    ],
    [
      "StringLike with a variable",
      { Action: "*", Resource: "*", Condition: { StringLike: { "ssm:resourceTag/x": "${aws:userid}*" } } },
      "x:y",
      "z",
      { ...TAGGED, "ssm:resourceTag/x": "AROA1:jane-7" },
      "allow",
    ],
    [
      "values are joined by OR",
      { Action: "*", Resource: "*", Condition: { StringEquals: { k: ["a", "b"] } } },
      "x:y",
      "z",
      { k: "b" },
      "allow",
    ],
    [
      "keys are joined by AND",
      { Action: "*", Resource: "*", Condition: { StringEquals: { k: "a", l: "b" } } },
      "x:y",
      "z",
      { k: "a" },
      "implicitDeny",
    ],
    [
      "StringNotLike is NOR",
      { Action: "*", Resource: "*", Condition: { StringNotLike: { k: ["a*", "b*"] } } },
      "x:y",
      "z",
      { k: "bc" },
      "implicitDeny",
    ],
    [
      "an ARN's wildcard stays within its part",
      { Action: "*", Resource: "*", Condition: { ArnLike: { k: "arn:aws:iam:*:role/x" } } },
      "x:y",
      "z",
      { k: "arn:aws:iam::1:role/x" },
      "implicitDeny",
    ],
    [
      "ArnEquals takes wildcards as ArnLike does",
      { Action: "*", Resource: "*", Condition: { ArnEquals: { k: "arn:aws:iam::*:role/x" } } },
      "x:y",
      "z",
      { k: "arn:aws:iam::1:role/x" },
      "allow",
    ],
    [
      "a date that has come",
      {
        Action: "*",
        Resource: "*",
        Condition: { DateGreaterThanEquals: { "aws:CurrentTime": "2026-11-22T12:00:00Z" } },
      },
      "x:y",
      "z",
      { "aws:CurrentTime": "2026-11-22T12:00:00.000Z" },
      "allow",
    ],
    [
      "a date to come",
      {
        Action: "*",
        Resource: "*",
        Condition: { DateGreaterThanEquals: { "aws:CurrentTime": "2026-11-22T12:00:01Z" } },
      },
      "x:y",
      "z",
      { "aws:CurrentTime": "2026-11-22T12:00:00.000Z" },
      "implicitDeny",
    ],
    [
      "Null true on an absent key",
      { Action: "*", Resource: "*", Condition: { Null: { k: "true" } } },
      "x:y",
      "z",
      {},
      "allow",
    ],
    [
      "Null false on an absent key",
      { Action: "*", Resource: "*", Condition: { Null: { k: "false" } } },
      "x:y",
      "z",
      {},
      "implicitDeny",
    ],
    ["NotResource", { Effect: "Deny", Action: "*", NotResource: ["a", "b"] }, "x:y", "c", {}, "explicitDeny"],
    ["NotResource names it", { Effect: "Deny", Action: "*", NotResource: ["a", "b"] }, "x:y", "b", {}, "implicitDeny"],
  ];
  for (const [title, statement, action, resource, context, expected] of table) {
    it(`${title}: ${expected}`, () => assert.equal(judge(statement, action, resource, context), expected));
  }

  it("an explicit deny wins over every allow, wherever it stands", () => {
    const allow = { Statement: { Effect: "Allow" as const, Action: "*", Resource: "*" } };
    const deny = { Statement: [{ Effect: "Deny" as const, Action: "ssm:*", Resource: "*" }] };
    assert.equal(evaluate([allow, deny], { action: "ssm:StartSession", resource: "x", context: {} }), "explicitDeny");
    assert.equal(evaluate([deny, allow], { action: "rds:X", resource: "x", context: {} }), "allow");
  });

  it("a NotResource with a variable that has no value allows nothing and denies everything", () => {
    const NotResource = "a/${aws:PrincipalTag/team}";
    assert.equal(judge({ Action: "*", NotResource }, "x:y", "b"), "implicitDeny");
    assert.equal(judge({ Effect: "Deny", Action: "*", NotResource }, "x:y", "b"), "explicitDeny");
  });

  it("an operator that is not simulated is refused loudly", () => {
    assert.throws(
      () =>
        judge({ Action: "*", Resource: "*", Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }, "x:y", "z", {
          "aws:SourceIp": "10.0.0.1",
        }),
      /IpAddress is not simulated/,
    );
  });

  it("a text that is no policy allows nothing", () => {
    for (const text of ["", "null", "[]", "{}", "{"])
      assert.equal(evaluate([parsePolicy(text)], { action: "x:y", resource: "z", context: {} }), "implicitDeny");
  });
});
