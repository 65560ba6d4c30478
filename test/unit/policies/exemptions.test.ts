import assert from "node:assert/strict";
import fc from "fast-check";
import {
  applyExemptions,
  DAY,
  endedText,
  EXEMPTIONS_SCHEMA,
  isInForce,
  LINE,
  type Exemption,
} from "../../../policies/exemptions";

const found = (name: string) => ({ found: "a is wrong", urn: `urn:pulumi:s::p::t::${name}`, name });
const exemption = (resource: string, until = "2027-01-31"): Exemption => ({ resource, reason: "it moves", until });

describe("exemptions", () => {
  it("take out what they name by name or URN, on their last day too, and nothing that only looks alike", () => {
    const [a, b, c] = [found("a"), found("b"), found("ab")];
    const both = [exemption("a"), exemption(b.urn)];
    assert.deepEqual(applyExemptions([a, b, c], both, "2027-01-31"), {
      standing: [c],
      exempted: [
        { ...a, exemption: both[0] },
        { ...b, exemption: both[1] },
      ],
    });
    assert.deepEqual(applyExemptions([a], [exemption("*"), exemption("A"), exemption("")], "2027-01-31").standing, [a]);
  });

  it("leave a violation standing once they ended, with the day", () => {
    assert.deepEqual(applyExemptions([found("a")], [exemption("a")], "2027-02-01"), {
      standing: [{ ...found("a"), ended: "2027-01-31" }],
      exempted: [],
    });
  });

  it("count when one of several is in force", () => {
    const { standing } = applyExemptions([found("a")], [exemption("a", "2026-01-01"), exemption("a")], "2027-01-01");
    assert.deepEqual(standing, []);
  });

  it("hold up to their last day in the calendar's order", () => {
    const day = fc.date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(day, day, (today, until) => {
        const [now, last] = [today, until].map((each) => each.toISOString().slice(0, 10)) as [string, string];
        assert.equal(isInForce(exemption("a", last), now), Date.parse(now) <= Date.parse(last));
      }),
    );
  });

  it("say when they ended", () => {
    assert.equal(endedText(exemption("legacy-web")), "the exemption of legacy-web ended on 2027-01-31");
  });

  it("must have all three keys, one line each, and a day of the calendar's form", () => {
    const { items } = EXEMPTIONS_SCHEMA as { items: { required: string[]; additionalProperties: boolean } };
    assert.deepEqual(items.required, ["resource", "reason", "until"]);
    assert.equal(items.additionalProperties, false);
    const matching = (form: string, words: string[]) => words.filter((each) => new RegExp(form).test(each));
    assert.deepEqual(matching(LINE, ["a", " a b ", "", " ", "a\nb", "a\u001b[1m", "\ta"]), ["a", " a b "]);
    assert.deepEqual(
      matching(DAY, ["2027-01-31", "2027-12-01", "2027-13-01", "2027-00-10", "2027-01-32", "2027-1-1", "x2027-01-31"]),
      ["2027-01-31", "2027-12-01"],
    );
  });
});
