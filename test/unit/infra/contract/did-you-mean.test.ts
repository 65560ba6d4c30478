import assert from "node:assert/strict";
import { didYouMean, oneOf } from "../../../../infra/contract/did-you-mean";

describe("did you mean", () => {
  it("finds a swapped, missing, wrong or differently cased letter", () => {
    for (const word of ["raedonly", "readnly", "readomly", "ReadOnly"])
      assert.equal(didYouMean(word, ["owner", "readonly"]), "readonly", word);
  });

  it("guesses nothing that is far away", () => {
    assert.equal(didYouMean("billing", ["app", "readonly"]), undefined);
  });

  it("lists what there is", () => {
    assert.equal(oneOf("x", ["dev", "prod"]), "one of dev, prod");
    assert.equal(oneOf("dve", ["dev", "prod"]), 'one of dev, prod; did you mean "dev"?');
    assert.equal(oneOf("x", []), "one that exists (there is none)");
  });
});
