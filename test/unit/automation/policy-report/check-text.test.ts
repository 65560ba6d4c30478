import assert from "node:assert/strict";
import { checkText } from "../../../../automation/policy-report/check-text";
import { finding, report } from "./made-report";

describe("a check for people", () => {
  it("names findings, exemptions, what was not decided and what not applicable, each once", () => {
    const said = checkText(
      report({
        findings: [
          finding({ expired: "2027-01-31" }),
          finding({ level: "advisory", rule: "rds-backups", resource: "orders", type: "aws:rds/cluster:Cluster" }),
          finding({
            type: "",
            resource: "gone",
            found: "the exemption of gone ended on 2027-01-30",
            fix: "Take it out",
            expired: "2027-01-30",
          }),
        ],
        exempted: [{ ...finding({ resource: "legacy" }), reason: "it moves", until: "2027-03-31" }],
        unused: [{ rule: "sg-no-world", resource: "other", reason: "it moved", until: "2027-02-28" }],
        undecided: [{ rule: "rds-encrypted", what: ["orders.storageEncrypted", "stock.storageEncrypted"] }],
        notApplicable: [
          { rule: "net-no-nat", why: "nothing of its kind" },
          { rule: "tags-required", why: "no tags are configured" },
          { rule: "kms-rotation", why: "nothing of its kind" },
        ],
        resources: 3,
      }),
    );
    assert.equal(
      said,
      `✗ sg-no-world  web  aws:ec2/securityGroup:SecurityGroup
    ingress.0 is open to the world.
    Name the source.
    Its exemption ended on 2027-01-31.
! rds-backups  orders  aws:rds/cluster:Cluster
    ingress.0 is open to the world.
    Name the source.
✗ sg-no-world  gone
    the exemption of gone ended on 2027-01-30.
    Take it out.

Exempted:
  sg-no-world  legacy until 2027-03-31: it moves

Exemptions that covered nothing:
  sg-no-world  other until 2027-02-28

Not decided, for a value is secret or unknown:
  rds-encrypted  orders.storageEncrypted, stock.storageEncrypted

Not applicable:
  nothing of its kind: net-no-nat, kms-rotation
  no tags are configured: tags-required

3 resources, 72 rules: 2 mandatory, 1 advisory, 1 exempted
`,
    );
  });

  it("is the count alone when there is nothing to say", () => {
    assert.equal(checkText(report()), "1 resource, 72 rules: 0 mandatory, 0 advisory, 0 exempted\n");
  });

  it("a name from outside moves no cursor and begins no line", () => {
    const said = checkText(report({ findings: [finding({ resource: "a\u001b[2Jb\n::error::c" })] }), true);
    assert.match(said, /^x sg-no-world {2}ab ::error::c {2}aws:/);
  });
});
