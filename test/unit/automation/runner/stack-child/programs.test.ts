import assert from "node:assert/strict";
import path from "node:path";
import { loadProgram, type ProgramLoader } from "../../../../../automation/runner/stack-child/programs";

const program = async (): Promise<Record<string, unknown>> => ({});
const own = async (): Promise<Record<string, unknown>> => ({});

describe("programs", () => {
  const asked: string[] = [];
  const loading = (exported: unknown, compiled: readonly string[] = []): ProgramLoader => ({
    require: (file) => (asked.push(file), exported),
    exists: (name) => compiled.includes(name),
    registerTypeScript: () => void asked.push("typescript"),
    ownProgram: () => own,
  });
  const file = path.join("/changed", "infra", "platform-program");

  it("without a folder it is the program that this code was built with", () => {
    assert.equal(loadProgram({ program: "platform" }, loading({})), own);
  });

  it("with a folder it is that folder's, read as TypeScript", () => {
    assert.equal(
      loadProgram({ program: "platform", programFolder: "/changed" }, loading({ platformProgram: program })),
      program,
    );
    assert.deepEqual(asked, ["typescript", file]);
  });

  it("a compiled program is read without a compiler", () => {
    asked.length = 0;
    const load = loading({ platformProgram: program }, [`${file}.js`]);
    assert.equal(loadProgram({ program: "platform", programFolder: "/changed" }, load), program);
    assert.deepEqual(asked, [file]);
  });

  it("the database stack's program lies in infra/sql", () => {
    const load = loading({ databaseProgram: program });
    assert.equal(loadProgram({ program: "database", programFolder: "/changed" }, load), program);
    assert.equal(asked.at(-1), path.join("/changed", "infra", "sql", "program"));
  });

  it("a file without the program is named", () => {
    assert.throws(() => loadProgram({ program: "platform", programFolder: "/changed" }, loading({})), {
      message: `${file} exports no platformProgram`,
    });
  });
});
