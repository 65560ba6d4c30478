import assert from "node:assert/strict";
import { DOCUMENT_TYPES, eachGrant } from "../../../../policies/documents/granted";
import { allow, text } from "../cases/documents";

function grants(type: string, props: Record<string, unknown>): { places: string[]; reported: string[] } {
  const places: string[] = [];
  const reported: string[] = [];
  const verdict = { report: (found: string) => void reported.push(found), part: (decide: () => void) => decide() };
  eachGrant({ type, name: "it", urn: "it", props }, verdict, "a:b", (_, place) => void places.push(place));
  return { places, reported };
}

describe("eachGrant", () => {
  it("finds the document of every type that carries one", () => {
    const policy = text(allow("a:*", "*"));
    for (const type of DOCUMENT_TYPES) {
      const { places } = grants(type, { policy, inlinePolicy: policy, inlinePolicies: [{ policy }] });
      assert.equal(places.length, 1, type);
    }
  });

  it("passes over denials, other actions, and documents that are not there", () => {
    const policy = text(allow("c:*", "*"), { Effect: "Deny", Action: "*", Resource: "*" });
    assert.deepEqual(grants("aws:iam/policy:Policy", { policy }), { places: [], reported: [] });
    assert.deepEqual(grants("aws:iam/role:Role", {}), { places: [], reported: [] });
  });

  it("reports NotAction and NotResource in place of deciding about them", () => {
    const policy = text(
      { Effect: "Allow", NotAction: "c:d", Resource: "r" },
      { Effect: "Allow", Action: "a:b", NotResource: "r" },
      { Effect: "Allow", NotAction: "a:*", Resource: "r" },
    );
    assert.deepEqual(grants("aws:iam/policy:Policy", { policy }), {
      places: [],
      reported: ["policy: Statement[0] allows a:b by NotAction", "policy: Statement[1] allows a:b by NotResource"],
    });
  });
});
