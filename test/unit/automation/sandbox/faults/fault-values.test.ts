import assert from "node:assert/strict";
import * as forms from "../../../../../automation/sandbox/faults/fault-values";

describe("values of faults", () => {
  const reads: readonly [string, forms.ValueForm<unknown>, Record<string, unknown>][] = [
    ["a rate", forms.RATE, { "0.05": 0.05, "5%": 0.05, "1": 1, "100%": 1, off: 0, "0": 0 }],
    ["a time", forms.TIME, { "250ms": 250, "1.5s": 1500, "60s": 60_000, off: 0 }],
    ["a size", forms.BYTES, { "1000": 1000, "64KiB": 65_536, "4MiB": 4_194_304, off: 0 }],
    ["an id", forms.id("SESSION"), { "jane@example.com-0123456789abcdef0": "jane@example.com-0123456789abcdef0" }],
    ["a number", forms.numberFrom("MINUTES", 0, 60), { "60": 60, "0.5": 0.5, off: 0 }],
    ["a word", forms.oneOf("on", "off"), { on: "on", off: "off" }],
  ];
  for (const [title, form, table] of reads)
    it(`reads ${title}`, () => {
      for (const [text, value] of Object.entries(table)) assert.equal(form.read(text), value, text);
    });

  const refuses: readonly [string, forms.ValueForm<unknown>, string[]][] = [
    ["a rate", forms.RATE, ["1.1", "101%", "-1", "5 %", "", "NaN", "1e-2", "Infinity"]],
    ["a time", forms.TIME, ["250", "61s", "1m", "-1s", ""]],
    ["a size", forms.BYTES, ["0", "1kb", "2TiB", "99999GiB", ""]],
    ["an id", forms.id("SESSION"), ["", "a b", "a\nb", "x".repeat(97), "../x"]],
    ["a number", forms.numberFrom("MINUTES", 1, 60), ["0", "off", "61", "x", ""]],
    ["a word", forms.oneOf("on", "off"), ["ON", "", "constructor"]],
  ];
  for (const [title, form, texts] of refuses)
    it(`refuses what is not ${title}`, () => {
      for (const text of texts) assert.equal(form.read(text), undefined, text);
    });

  const both: forms.ValueForms<[number, string]> = [forms.RATE, forms.optional(forms.oneOf("up", "down"), "up")];

  it("are written in one line", () => assert.equal(forms.formOf(both), "RATE [up|down]"));

  it("take what is left out from the form", () => {
    assert.deepEqual(forms.readValues(both, ["5%"]), { ok: true, values: [0.05, "up"] });
    assert.deepEqual(forms.readValues(both, ["5%", "down"]), { ok: true, values: [0.05, "down"] });
  });

  it("tell every problem at once", () => {
    const wanted = "a share such as 0.05 or 5%, at most 100%, or off";
    assert.deepEqual(forms.readValues(both, []), { ok: false, problems: [`RATE is missing: ${wanted}`] });
    assert.deepEqual(forms.readValues(both, ["x", "y", "z"]), {
      ok: false,
      problems: [`"x" is no RATE: ${wanted}`, '"y" is no up|down: one of up, down', '"z" is one value too many'],
    });
  });
});
