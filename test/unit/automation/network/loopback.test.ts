import assert from "node:assert/strict";
import { isLoopbackHost } from "../../../../automation/network/loopback";

describe("hosts of this machine", () => {
  const TABLE: readonly (readonly [string, boolean])[] = [
    ["127.0.0.1", true],
    ["127.255.255.254", true],
    ["::1", true],
    ["[::1]", true],
    ["localhost", true],
    ["", false],
    ["0.0.0.0", false],
    ["::", false],
    ["::2", false],
    ["10.0.0.1", false],
    ["128.0.0.1", false],
    ["localhost.evil.example", false],
    ["my-localhost", false],
    ["127.0.0.1.evil.example", false],
    ["x127.0.0.1", false],
  ];
  for (const [host, expected] of TABLE)
    it(`"${host}" is ${expected ? "" : "not "}this machine`, () => assert.equal(isLoopbackHost(host), expected));

  it("takes addresses as URL writes them, however they were typed", () => {
    for (const url of ["http://127.1:80", "http://0x7f000001", "http://[0:0:0:0:0:0:0:1]:4566", "http://LOCALHOST"])
      assert.equal(isLoopbackHost(new URL(url).hostname), true, url);
  });
});
