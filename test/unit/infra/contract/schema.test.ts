import assert from "node:assert/strict";
import { z } from "zod";
import { closed, named, notYet, only, problemsOf, text } from "../../../../infra/contract/schema";
import { plainSource } from "../../../../infra/contract/yaml-source";
import { problemLine } from "./sample";

function linesOf(schema: z.ZodType, raw: unknown): string[] {
  const parsed = schema.safeParse(raw);
  return parsed.success ? [] : problemsOf(parsed.error.issues, plainSource(raw)).map(problemLine);
}

describe("schema", () => {
  it("refuses unknown keys, with the nearest known one or all of them", () => {
    const schema = closed({ session: z.string().optional(), login: z.string().optional() }, "an object");
    assert.deepEqual(linesOf(schema, { sesion: "1h", zzz: 1 }), [
      'sesion | an unknown key | the key "session": did you mean that?',
      "zzz | an unknown key | one of the keys session, login",
    ]);
    assert.deepEqual(linesOf(schema, "x"), ['the file | "x" | an object']);
  });

  it("tells wrong names beside wrong values", () => {
    const schema = named((key) => /^[a-z]+$/.test(key), "a name", text(/^y$/, "y"), "an object");
    assert.deepEqual(linesOf(schema, { A: "n", b: 1 }), ['A | "n" | y', "b | 1 | y", 'A | the key "A" | a name']);
    assert.deepEqual(linesOf(schema, {}), ["the file | {} | at least one"]);
    assert.deepEqual(
      linesOf(
        named(() => true, "", z.string(), "an object", 0),
        {},
      ),
      [],
    );
    assert.deepEqual(linesOf(schema, []), ["the file | [] | an object"]);
  });

  it("tells what is documented but not supported yet from what is wrong", () => {
    assert.deepEqual(linesOf(only("inline", ["customerManaged"]), "customerManaged"), [
      'the file | "customerManaged" | not supported yet: write inline',
    ]);
    assert.deepEqual(linesOf(only("inline", ["customerManaged"]), "other"), ['the file | "other" | inline']);
    assert.deepEqual(linesOf(closed({ a: notYet("leave it out") }, ""), { a: 1 }), [
      "a | 1 | not supported yet: leave it out",
    ]);
    assert.deepEqual(linesOf(closed({ a: notYet("leave it out") }, ""), {}), []);
  });
});
