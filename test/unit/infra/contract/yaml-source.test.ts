import assert from "node:assert/strict";
import { plainSource, readYaml } from "../../../../infra/contract/yaml-source";

describe("YAML source", () => {
  it("knows how a scalar was written", () => {
    const { source, problems } = readYaml('a: 0001\nb: "0001"\nc: [x]\n');
    assert.deepEqual(problems, []);
    assert.deepEqual(source.raw, { a: 1, b: "0001", c: ["x"] });
    assert.equal(source.seen(["a"]), "0001");
    assert.deepEqual(
      [source.unquoted(["a"]), source.unquoted(["b"]), source.unquoted(["c"]), source.unquoted(["d"])],
      [true, false, false, false],
    );
  });

  it("tells an alias without anchor and one that would fill the memory", () => {
    assert.equal(readYaml("a: *b\n").problems.length, 1);
    const bomb = Array.from(
      { length: 8 },
      (_, index) =>
        `a${index}: &a${index} [${Array(9)
          .fill(index === 0 ? "x" : `*a${index - 1}`)
          .join(",")}]`,
    );
    assert.equal(readYaml(bomb.join("\n")).problems.length, 1);
  });

  it("treats plain values as quoted", () => {
    assert.equal(plainSource({ a: "1" }).unquoted(["a"]), false);
    assert.equal(plainSource({ a: ["1"] }).seen(["a", 0]), '"1"');
  });
});
