import assert from "node:assert/strict";
import { eachResourceGrant } from "../../../../policies/documents/resource-policy";

function grants(policy: unknown): { places: string[]; reported: string[] } {
  const places: string[] = [];
  const reported: string[] = [];
  const verdict = { report: (found: string) => void reported.push(found), part: (decide: () => void) => decide() };
  eachResourceGrant({ props: { policy } }, "policy", verdict, (_, place) => void places.push(place));
  return { places, reported };
}

describe("eachResourceGrant", () => {
  it("names the statements that allow something, and passes over denials", () => {
    const Statement = [
      { Effect: "Deny", Action: "*", Principal: "*" },
      { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "s" } },
    ];
    for (const policy of [{ Statement }, JSON.stringify({ Statement })])
      assert.deepEqual(grants(policy), { places: ["policy: Statement[1]"], reported: [] });
  });

  it("reports what cannot be read, and says nothing of a policy that is not there", () => {
    assert.deepEqual(grants("{"), { places: [], reported: ["policy is not a policy document in JSON"] });
    assert.deepEqual(grants(undefined), { places: [], reported: [] });
  });
});
