import assert from "node:assert/strict";
import { Closer } from "../../../../automation/core/closer";

describe("Closer", () => {
  it("closes in reverse order, once", async () => {
    const seen: string[] = [];
    const closer = new Closer();
    closer.add(() => void seen.push("first"));
    closer.add(async () => void seen.push("second"));
    await Promise.all([closer.close(), closer.close()]);
    await closer.close();
    assert.deepEqual(seen, ["second", "first"]);
  });

  it("goes on after a failure and rethrows the first one", async () => {
    const seen: string[] = [];
    const closer = new Closer();
    closer.add(() => void seen.push("kept going"));
    closer.add(() => {
      throw new Error("broken");
    });
    await assert.rejects(closer.close(), /^Error: broken$/);
    assert.deepEqual(seen, ["kept going"]);
  });

  it("runs what is added after closing began", async () => {
    const closer = new Closer();
    await closer.close();
    let late = false;
    closer.add(() => {
      late = true;
    });
    await closer.close();
    assert.equal(late, true);
  });
});
