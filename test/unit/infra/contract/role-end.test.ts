import assert from "node:assert/strict";
import { roleEnds } from "../../../../infra/contract/role-end";
import { environmentAccess, type RolePrincipal } from "../../../../infra/contract/environment-access";
import { accessOf, dev, problemLines, valueOf } from "./sample";

const person = (name: string, until?: string): RolePrincipal => ({
  kind: "person",
  name,
  path: "",
  ...(until === undefined ? {} : { until }),
});

describe("ends of a role", () => {
  it("has no end for everybody while one principal has none", () => {
    assert.deepEqual(
      roleEnds([person("b", "2027-01-01T00:00:00Z"), person("a", "2027-01-01T00:00:00Z"), person("c")]),
      {
        persons: [{ until: "2027-01-01T00:00:00Z", userNames: ["a", "b"] }],
      },
    );
  });

  it("ends for everybody at the last end, and earlier for single persons, by date", () => {
    const ends = roleEnds([
      person("c", "2027-03-01T00:00:00Z"),
      person("b", "2027-02-01T00:00:00Z"),
      person("a", "2027-01-01T00:00:00Z"),
    ]);
    assert.deepEqual(ends, {
      everybody: "2027-03-01T00:00:00Z",
      persons: [
        { until: "2027-01-01T00:00:00Z", userNames: ["a"] },
        { until: "2027-02-01T00:00:00Z", userNames: ["b"] },
      ],
    });
  });

  it("does not end for nobody", () => {
    assert.deepEqual(roleEnds([]), { persons: [] });
  });

  it("refuses a group's end that the policy could not say, and accepts one for all", () => {
    const roles = '{ r: { on: { "*/*": readonly } } }';
    const end = '"2027-01-01T00:00:00Z"';
    const mixed = accessOf(roles, `[{ group: G, roles: [r], until: ${end} }, { group: H, roles: [r] }]`);
    assert.deepEqual(problemLines(environmentAccess(mixed, dev())), [
      "access[0].group | until 2027-01-01T00:00:00Z | the same until in every entry with the role r, or a role of its own for this group",
    ]);
    const same = accessOf(roles, `[{ group: G, roles: [r], until: ${end} }, { group: H, roles: [r], until: ${end} }]`);
    assert.equal(valueOf(environmentAccess(same, dev())).length, 1);
  });
});
