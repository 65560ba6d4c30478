import assert from "node:assert/strict";
import fc from "fast-check";
import { markdownSummary } from "../../../../automation/policy-report/markdown";
import { told } from "./made-report";

describe("findings in Markdown", () => {
  it("are a table with a closing line", () => {
    assert.equal(
      markdownSummary([told(), told({ level: "advisory", type: "" })], "2 resources, 72 rules: 1 mandatory"),
      [
        "## Policies",
        "",
        "| level | severity | rule | resource | what to do |",
        "| --- | --- | --- | --- | --- |",
        "| mandatory | high | sg-no-world | web · aws\\:ec2/securityGroup\\:SecurityGroup | ingress.0 is open to the world. Name the source. |",
        "| advisory | high | sg-no-world | web | ingress.0 is open to the world. Name the source. |",
        "",
        "2 resources, 72 rules\\: 1 mandatory",
        "",
      ].join("\n"),
    );
  });

  it("say so when there are none", () => {
    assert.equal(markdownSummary([], "1 resource"), "## Policies\n\nNothing found.\n\n1 resource\n");
  });

  it("a name is no markup, no link and no other cell", () => {
    const resource = "a|b\n`c` <img src=x> [d](https://e) *f* @g www.h \\";
    const row = markdownSummary([told({ resource, type: "" })], "").split("\n")[4] ?? "";
    assert.ok(row.includes("| a\\|b \\`c\\` \\<img src=x\\> \\[d\\](https\\://e) \\*f\\* \\@g www\\.h \\\\ |"), row);
  });

  it("whatever a resource is called, a row has its five cells", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (resource) => {
        const lines = markdownSummary([told({ resource, type: "" })], "").split("\n");
        assert.equal(lines.length, 8);
        // Every second backslash is a plain one: only bars that an even number of them precedes end a cell.
        assert.equal((lines[4] ?? "").replaceAll(/\\./g, "").split("|").length, 7);
      }),
    );
  });
});
