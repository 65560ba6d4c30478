import assert from "node:assert/strict";
import { ExemptionLedger } from "../../../policies/exemption-ledger";

const moves = { resource: "legacy-web", reason: "it moves", until: "2027-01-31" };
const backups = { resource: "scratch", reason: "nothing to keep", until: "2027-03-31" };
const over = { resource: "gone", reason: "old", until: "2026-12-31" };

describe("ExemptionLedger", () => {
  it("hands out a rule's exemptions the first time in a run only", () => {
    const ledger = new ExemptionLedger();
    assert.equal(ledger.knows("sg-no-world"), false);
    assert.deepEqual(ledger.open("sg-no-world", [moves]), [moves]);
    assert.equal(ledger.knows("sg-no-world"), true);
    assert.deepEqual(ledger.open("sg-no-world", [moves]), []);
    assert.deepEqual(ledger.open("rds-backups", [backups]), [backups]);
    ledger.take("2027-01-01");
    assert.deepEqual(ledger.open("sg-no-world", [moves]), [moves]);
  });

  it("names those in force with their reason, those with nothing to exempt apart, and none that ended", () => {
    const ledger = new ExemptionLedger();
    ledger.open("sg-no-world", [moves, over]);
    ledger.open("rds-backups", [backups]);
    ledger.use("sg-no-world", { ...moves });
    assert.deepEqual(ledger.take("2027-01-31"), [
      "In force: sg-no-world for legacy-web until 2027-01-31 (it moves).",
      "Nothing to exempt in this run: rds-backups for scratch until 2027-03-31.",
    ]);
    assert.deepEqual(ledger.take("2027-01-31"), []);
  });

  it("does not take the exemption of one rule for that of another", () => {
    const ledger = new ExemptionLedger();
    ledger.open("a-rule", [moves]);
    ledger.use("another-rule", moves);
    assert.deepEqual(ledger.take("2027-01-31"), [
      "Nothing to exempt in this run: a-rule for legacy-web until 2027-01-31.",
    ]);
  });
});
