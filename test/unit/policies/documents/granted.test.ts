import assert from "node:assert/strict";
import { DOCUMENT_TYPES, eachGrant, eachStatement } from "../../../../policies/documents/granted";
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

describe("eachStatement", () => {
  const verdict = { report: () => undefined, part: (decide: () => void) => decide() };

  it("goes through denials too, in every document of a role", () => {
    const places: string[] = [];
    const deny = text({ Effect: "Deny", Action: "*", Resource: "*" });
    const inlinePolicies = [{ policy: deny }, {}, { policy: text(allow("a:b", "*"), allow("c:d", "*")) }];
    const role = { type: "aws:iam/role:Role", name: "it", urn: "it", props: { inlinePolicies } };
    eachStatement(role, verdict, (_, place) => void places.push(place));
    assert.deepEqual(places, [
      "inlinePolicies[0].policy: Statement[0]",
      "inlinePolicies[2].policy: Statement[0]",
      "inlinePolicies[2].policy: Statement[1]",
    ]);
  });

  it("parses a document once, however many rules read it", () => {
    const policy = text(allow("once:*", "*"));
    const parse = JSON.parse;
    let parsed = 0;
    JSON.parse = (source, ...rest) => {
      if (source === policy) parsed += 1;
      return parse(source, ...rest) as unknown;
    };
    try {
      const resource = { type: "aws:iam/policy:Policy", name: "it", urn: "it", props: { policy } };
      eachStatement(resource, verdict, () => undefined);
      eachGrant(resource, verdict, "once:a", () => undefined);
      eachGrant({ ...resource, name: "other" }, verdict, "once:b", () => undefined);
    } finally {
      JSON.parse = parse;
    }
    assert.equal(parsed, 1);
  });
});
