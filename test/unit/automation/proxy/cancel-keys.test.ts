import assert from "node:assert/strict";
import { CancelKeys } from "../../../../automation/proxy/cancel-keys";

describe("cancel keys", () => {
  it("belong to the connection that they were handed to, until it ends", () => {
    const keys = new CancelKeys();
    const [short, long] = [Buffer.alloc(8, 1), Buffer.alloc(36, 1)];
    keys.remember(1, short);
    keys.remember(2, long);
    assert.deepEqual([keys.owner(Buffer.alloc(8, 1)), keys.owner(Buffer.alloc(36, 1))], [1, 2]);
    keys.forget(1);
    assert.deepEqual([keys.owner(Buffer.alloc(8, 1)), keys.owner(Buffer.alloc(36, 1))], [undefined, 2]);
  });

  it("are nobody's when a byte or the length differs", () => {
    const keys = new CancelKeys();
    keys.remember(1, Buffer.alloc(8, 1));
    for (const wrong of [Buffer.alloc(8, 2), Buffer.alloc(7, 1), Buffer.alloc(9, 1), Buffer.alloc(0)])
      assert.equal(keys.owner(wrong), undefined);
  });

  it("are copied: the buffer that they came in may be used again", () => {
    const keys = new CancelKeys();
    const came = Buffer.alloc(8, 1);
    keys.remember(1, came);
    came.fill(9);
    assert.equal(keys.owner(Buffer.alloc(8, 1)), 1);
  });
});
