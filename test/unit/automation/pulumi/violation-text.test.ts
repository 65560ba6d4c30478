import assert from "node:assert/strict";
import { violationText } from "../../../../automation/pulumi/violation-text";

describe("violation text", () => {
  const cases: readonly [string, string, string][] = [
    ["the description is left out", "No port is open.\nport 22 is open.", "port 22 is open."],
    ["without a description all of it stays", "port 22 is open.", "port 22 is open."],
    ["more lines become one", "No port.\nport 22\nport 23", "port 22 port 23"],
  ];
  for (const [title, message, text] of cases) it(title, () => assert.equal(violationText({ message }), text));
});
