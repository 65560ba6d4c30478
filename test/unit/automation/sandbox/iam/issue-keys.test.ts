import assert from "node:assert/strict";
import { issueKeys } from "../../../../../automation/sandbox/iam/issue-keys";
import { fixedEstate, personPrincipal } from "../../../../support/estate-fixtures";

describe("issueKeys", () => {
  it("issues temporary keys that are known and end in time", () => {
    const estate = fixedEstate(1_000_000);
    const key = issueKeys(estate, personPrincipal("set"), 3_600_000);
    assert.match(key.accessKeyId, /^ASIA[A-Z2-7]{16}$/);
    assert.equal(key.expiresAt, 4_600_000);
    assert.equal(estate.keys.get(key.accessKeyId), key);
    assert.notEqual(issueKeys(estate, personPrincipal("set"), 1).secretAccessKey, key.secretAccessKey);
  });
});
