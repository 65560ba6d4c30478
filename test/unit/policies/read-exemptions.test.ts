import assert from "node:assert/strict";
import type { Problem } from "../../../policies/problem";
import { readExemptions } from "../../../policies/read-exemptions";

const GOOD = { resource: "legacy-web", reason: "it moves", until: "2028-02-29" };

function read(value: unknown): { read: unknown; problems: string[] } {
  const problems: Problem[] = [];
  const exemptions = readExemptions("r.exemptions", value, problems);
  return { read: exemptions, problems: problems.map(({ path, seen, expected }) => `${path}: ${seen} | ${expected}`) };
}

describe("readExemptions", () => {
  it("reads a list of resource, reason and day; nothing written is no exemption", () => {
    assert.deepEqual(read([GOOD]), { read: [GOOD], problems: [] });
    assert.deepEqual(read(undefined), { read: [], problems: [] });
  });

  const day = "the last day it holds, as 2027-01-31";
  const rows: readonly [string, unknown, readonly string[]][] = [
    ["no list", { ...GOOD }, ["r.exemptions: an object | a list of exemptions"]],
    [
      "a name alone",
      ["legacy-web"],
      ['r.exemptions[0]: a text | an object like { "resource": …, "reason": …, "until": … }'],
    ],
    [
      "everything wrong at once, and a key that is not known",
      [GOOD, { resource: "", reason: "a\nb", untill: "2027-01-31" }],
      [
        'r.exemptions[1].untill: a key that does not exist | one of resource, reason, until; did you mean "until"?',
        "r.exemptions[1].resource: an empty text | the resource's name or URN, in one line",
        "r.exemptions[1].reason: a text | why it may pass, in one line",
        `r.exemptions[1].until: nothing | ${day}`,
      ],
    ],
    [
      "a day that the calendar has not",
      [{ ...GOOD, until: "2027-02-29" }],
      [`r.exemptions[0].until: "2027-02-29" | ${day}`],
    ],
    ["a day in another form", [{ ...GOOD, until: "31.1.2027" }], [`r.exemptions[0].until: "31.1.2027" | ${day}`]],
    [
      "a resource twice",
      [GOOD, { ...GOOD, until: "2029-01-31" }],
      ['r.exemptions[1].resource: "legacy-web" a second time | one exemption for each resource'],
    ],
  ];
  for (const [title, value, problems] of rows)
    it(`refuses ${title}`, () => assert.deepEqual(read(value).problems, problems));
});
