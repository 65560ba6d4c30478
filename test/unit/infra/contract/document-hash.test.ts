import assert from "node:assert/strict";
import { documentHash } from "../../../../infra/contract/document-hash";

describe("document hash", () => {
  it("is the SHA-256 of the content in hexadecimal (FIPS 180-4 examples)", () => {
    assert.equal(documentHash(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert.equal(documentHash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });
});
