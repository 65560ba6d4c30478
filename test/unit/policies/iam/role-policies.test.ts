import assert from "node:assert/strict";
import { policiesOf } from "../../../../policies/iam/role-policies";
import type { StackResource } from "../../../../policies/rule";

const resource = (
  type: string,
  name: string,
  props: Record<string, unknown> = {},
  from: Record<string, StackResource[]> = {},
): StackResource => ({ type, name, urn: name, props, propertyDependencies: from });

describe("policiesOf", () => {
  const policy = resource("aws:iam/policy:Policy", "policy", { arn: "arn:own" });
  const verdict = { part: (decide: () => void) => decide() };
  const arnsOf = (role: StackResource, resources: StackResource[]): unknown[] =>
    policiesOf(role, resources, verdict)
      .arns.map(({ read }) => read())
      .filter((arn) => arn !== undefined);

  it("takes the role, its policies and attached policies of the program for its documents", () => {
    const role = resource("aws:iam/role:Role", "role");
    const own = resource("aws:iam/rolePolicy:RolePolicy", "own", {}, { role: [role] });
    const foreign = resource("aws:iam/rolePolicy:RolePolicy", "foreign", { role: "other" });
    const attachment = resource(
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      "attachment",
      { policyArn: "arn:own" },
      { role: [role], policyArn: [policy] },
    );
    const { documents, arns } = policiesOf(role, [role, own, foreign, attachment, policy], verdict);
    assert.deepEqual(
      documents.map(({ name }) => name),
      ["role", "own", "policy"],
    );
    assert.deepEqual(arns, []);
  });

  it("names given ARNs, next to policies of the program too", () => {
    const role = resource(
      "aws:iam/role:Role",
      "role",
      { managedPolicyArns: ["arn:own", "arn:given"] },
      { managedPolicyArns: [policy] },
    );
    assert.deepEqual(arnsOf(role, [role, policy]), ["arn:given"]);
    const alone = resource("aws:iam/role:Role", "role", { managedPolicyArns: ["arn:given"] });
    assert.deepEqual(arnsOf(alone, [alone, policy]), ["arn:given"]);
  });
});
