import assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  coversAction,
  mayAllow,
  mayName,
  readIamDocument,
  readResourcePolicy,
  type IamDocument,
  type Statement,
} from "../../../../policies/documents/iam-document";

const statementsOf = (document: IamDocument): readonly Statement[] => {
  assert.ok("statements" in document);
  return document.statements;
};

describe("readIamDocument", () => {
  it("reads lists and single values, text and objects, alike", () => {
    const single = { Statement: { Effect: "Allow", Action: "a:b", Resource: "r", Condition: { Bool: { K: true } } } };
    const lists = {
      Statement: [{ effect: "Allow", action: ["a:b"], RESOURCE: ["r"], condition: { bool: { k: ["true"] } } }],
    };
    const expected = {
      statements: [
        {
          place: "Statement[0]",
          allows: true,
          actions: { inverted: false, patterns: ["a:b"] },
          resources: { inverted: false, patterns: ["r"] },
          conditions: [{ operator: "bool", key: "k", values: ["true"] }],
          principals: [],
        },
      ],
    };
    for (const form of [single, lists, JSON.stringify(single), JSON.stringify(lists)])
      assert.deepEqual(readIamDocument(form), expected);
  });

  it("takes everything that is not Deny for Allow", () => {
    for (const Effect of ["Allow", "allow", "deny", undefined])
      assert.equal(
        statementsOf(readIamDocument({ Statement: { Effect, Action: "*", Resource: "*" } }))[0]?.allows,
        true,
      );
    assert.equal(
      statementsOf(readIamDocument({ Statement: { Effect: "Deny", NotAction: "*", NotResource: "*" } }))[0]?.allows,
      false,
    );
  });

  const broken: readonly [string, unknown, string][] = [
    ["no JSON", "{", "is not a policy document in JSON"],
    ["a list", "[]", "is not a policy document in JSON"],
    ["a number", 7, "is not a policy document in JSON"],
    ["no statement", {}, "has no readable Statement[0]"],
    ["no action", { Statement: { Resource: "*" } }, "has no readable Statement[0]"],
    ["no resource", { Statement: { Action: "*" } }, "has no readable Statement[0]"],
    [
      "both Action and NotAction",
      { Statement: { Action: "a", NotAction: "b", Resource: "*" } },
      "has no readable Statement[0]",
    ],
    [
      "two spellings of one member",
      { Statement: { Action: "a", action: "b", Resource: "*" } },
      "has no readable Statement[0]",
    ],
    ["an action that is no text", { Statement: { Action: [1], Resource: "*" } }, "has no readable Statement[0]"],
    [
      "a condition that is no object",
      { Statement: { Action: "a", Resource: "*", Condition: 1 } },
      "has no readable Statement[0]",
    ],
    ["the second", { Statement: [{ Action: "a", Resource: "*" }, 1] }, "has no readable Statement[1]"],
  ];
  for (const [title, value, problem] of broken) {
    it(`tells what cannot be read: ${title}`, () => assert.deepEqual(readIamDocument(value), { problem }));
  }
});

describe("coversAction", () => {
  const ACTIONS = ["rds-db:connect", "ssm:StartSession", "ssm:SendCommand", "s3:GetObject"];
  /** An action with letters replaced by wildcards and turned to other case, so that many cover some action. */
  const patterns = fc
    .tuple(fc.constantFrom(...ACTIONS), fc.infiniteStream(fc.constantFrom("same", "same", "?", "*", "upper")))
    .map(([action, changes]) => {
      const change = changes[Symbol.iterator]();
      return [...action]
        .map((letter) => {
          const how = change.next().value as string;
          return how === "same" ? letter : how === "upper" ? letter.toUpperCase() : how;
        })
        .join("");
    });

  it("agrees with a second evaluator on generated statements: lists, NotAction, case, wildcards everywhere", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(patterns, fc.constantFrom("*", ...ACTIONS)), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom(...ACTIONS),
        (list, inverted, alone, action) => {
          const written = alone && list.length === 1 ? list[0] : list;
          const entry = { Effect: "Allow", [inverted ? "NotAction" : "Action"]: written, Resource: "*" };
          const [statement] = statementsOf(readIamDocument(JSON.stringify({ Statement: entry })));
          const listed = list.some((pattern) =>
            new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`, "i").test(action),
          );
          assert.equal(coversAction(statement as Statement, action), listed !== inverted);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe("mayName", () => {
  it("takes a policy variable for any text", () => {
    assert.equal(mayName("arn:aws:ssm:${aws:x}", "arn:%:ssm:%:%:document/*"), true);
    assert.equal(mayName("arn:aws:ssm:eu-west-2:1:${aws:x}/a", "arn:%:ssm:%:%:document/*"), true);
    assert.equal(mayName("arn:aws:ec2:eu-west-2:1:instance/i-1", "arn:%:ssm:%:%:document/*"), false);
  });
});

describe("readResourcePolicy", () => {
  it("reads who a statement speaks of, and takes a missing Resource for the resource itself", () => {
    const principals = (Statement: unknown): unknown => statementsOf(readResourcePolicy({ Statement }))[0]?.principals;
    assert.deepEqual(principals({ Action: "a", Principal: "*" }), [{ kind: "*", name: "*", inverted: false }]);
    assert.deepEqual(principals({ Action: "a", principal: { AWS: ["1", "2"], Service: "s" } }), [
      { kind: "AWS", name: "1", inverted: false },
      { kind: "AWS", name: "2", inverted: false },
      { kind: "Service", name: "s", inverted: false },
    ]);
    assert.deepEqual(principals({ Action: "a", NotPrincipal: { AWS: "1" } }), [
      { kind: "AWS", name: "1", inverted: true },
    ]);
    assert.deepEqual(statementsOf(readResourcePolicy({ Statement: { Action: "a" } }))[0]?.resources, {
      inverted: false,
      patterns: ["*"],
    });
  });

  it("tells a principal that cannot be read", () => {
    for (const Principal of [7, null, { AWS: 7 }, { AWS: [{}] }, "111122223333"])
      assert.deepEqual(readResourcePolicy({ Statement: { Action: "a", Principal } }), {
        problem: "has no readable Statement[0]",
      });
  });
});

describe("mayAllow", () => {
  const may = (more: Record<string, unknown>, shape: string): boolean =>
    mayAllow(statementsOf(readIamDocument({ Statement: { Resource: "*", ...more } }))[0] as Statement, shape);

  it("tells whether one action of a shape is allowed", () => {
    for (const Action of ["*", "secretsmanager:GetSecretValue", "SECRETS*:?et*", ["s3:*", "secretsmanager:*"]])
      assert.equal(may({ Action }, "secretsmanager:*"), true, String(Action));
    for (const Action of ["s3:*", "secretsmanager", []]) assert.equal(may({ Action }, "secretsmanager:*"), false);
  });

  it("NotAction leaves out what one of its patterns covers whole", () => {
    assert.equal(may({ NotAction: ["s3:*", "SecretsManager:*"] }, "secretsmanager:*"), false);
    for (const NotAction of ["secretsmanager:Get*", "secretsmanager:?", "s3:*"])
      assert.equal(may({ NotAction }, "secretsmanager:*"), true, NotAction);
  });
});
