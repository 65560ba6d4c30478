import assert from "node:assert/strict";
import { setDocuments } from "../../../../policies/identity-center/set-documents";
import type { StackResource } from "../../../../policies/rule";

const resource = (
  type: string,
  name: string,
  props: Record<string, unknown> = {},
  from: Record<string, StackResource[]> = {},
): StackResource => ({ type, name, urn: name, props, propertyDependencies: from });
const INLINE = "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy";
const CUSTOMER = "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment";

describe("setDocuments", () => {
  const set = resource("aws:ssoadmin/permissionSet:PermissionSet", "set");
  const policy = resource("aws:iam/policy:Policy", "policy", { name: "logins" });
  const to = { permissionSetArn: [set] };

  function documentsOf(...resources: StackResource[]): { found: string[][]; open: string[] } {
    const open: string[] = [];
    const verdict = { part: (decide: () => void) => decide(), undecided: (what: string) => void open.push(what) };
    const found = setDocuments([set, policy, ...resources], verdict).map(({ documents }) =>
      documents.map(({ name }) => name),
    );
    return { found, open };
  }

  it("finds inline policies and customer's policies, by reference and by name", () => {
    const inline = resource(INLINE, "inline", {}, to);
    for (const customer of [
      resource(CUSTOMER, "customer", {}, { ...to, customerManagedPolicyReference: [policy] }),
      resource(CUSTOMER, "customer", { customerManagedPolicyReference: { name: "logins" } }, to),
    ])
      assert.deepEqual(documentsOf(inline, customer), { found: [["inline", "policy"]], open: [] });
  });

  it("lists a set without any", () => assert.deepEqual(documentsOf(), { found: [[]], open: [] }));

  it("says what leads out of the program", () => {
    const customer = resource(CUSTOMER, "customer", { customerManagedPolicyReference: { name: "elsewhere" } }, to);
    assert.deepEqual(documentsOf(customer).open, ["policy of customer"]);
    assert.deepEqual(documentsOf(resource(INLINE, "inline", { permissionSetArn: "arn" })).open, [
      "permission set of inline",
    ]);
  });
});
