import assert from "node:assert/strict";
import { readOnce } from "../../../../policies/documents/read-once";

const text = (id: number): string => `{"Id":"${id}","Statement":{"Action":"a","Resource":"*"}}`;

describe("readOnce", () => {
  it("parses one text once", () => {
    const read = readOnce();
    assert.equal(read(text(1)), read(text(1)));
    assert.notEqual(read(text(1)), read(text(2)));
  });

  it("forgets after many others, and reads an object each time", () => {
    const read = readOnce();
    const first = read(text(0));
    for (let id = 1; id <= 2_048; id += 1) read(text(id));
    assert.notEqual(read(text(0)), first);
    assert.deepEqual(read(text(0)), first);
    const object = { Statement: { Action: "a", Resource: "*" } };
    assert.notEqual(read(object), read(object));
  });
});
