import assert from "node:assert/strict";
import fc from "fast-check";
import { annotations } from "../../../../automation/policy-report/annotations";
import { told } from "./made-report";

describe("annotations for GitHub Actions", () => {
  it("are workflow commands, errors before warnings", () => {
    const advisory = told({
      level: "advisory",
      rule: "rds-backups",
      resource: "orders",
      type: "",
      expired: "2027-01-31",
    });
    assert.equal(
      annotations([advisory, told()]),
      "::error title=sg-no-world::web (aws:ec2/securityGroup:SecurityGroup): ingress.0 is open to the world. Name the source.\n" +
        "::warning title=rds-backups::orders: ingress.0 is open to the world. Name the source. Its exemption ended on 2027-01-31.\n",
    );
    assert.equal(annotations([]), "");
  });

  it("escape percent signs, and in the title colons and commas as well", () => {
    const said = annotations([told({ rule: "a:b,c%d", resource: "50%0A", type: "" })]);
    assert.match(said, /^::error title=a%3Ab%2Cc%25d::50%250A: /);
  });

  it("whatever a resource is called, each finding is one line", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" }), { maxLength: 5 }), (names) => {
        const said = annotations(names.map((resource) => told({ resource: `a\r\n::add-mask::${resource}` })));
        const lines = said.split("\n");
        assert.equal(lines.length, names.length + 1);
        assert.ok(lines.slice(0, -1).every((line) => line.startsWith("::error title=sg-no-world::a ")));
        assert.doesNotMatch(said, /\r/);
      }),
    );
  });
});
