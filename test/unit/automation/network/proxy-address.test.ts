import assert from "node:assert/strict";
import fc from "fast-check";
import { parseProxy, type ProxyAddress } from "../../../../automation/network/proxy-address";

const basic = (text: string): string => `Basic ${Buffer.from(text, "utf8").toString("base64")}`;

function read(value: string): ProxyAddress {
  const found = parseProxy("HTTPS_PROXY", value);
  if ("problem" in found) throw new Error(found.problem);
  return found;
}

describe("a proxy's address", () => {
  const TABLE: readonly (readonly [string, string, string, number])[] = [
    ["http://proxy.example:3128", "http://proxy.example:3128", "proxy.example", 3128],
    ["http://proxy.example:3128/", "http://proxy.example:3128", "proxy.example", 3128],
    ["proxy.example:3128", "http://proxy.example:3128", "proxy.example", 3128],
    ["//proxy.example:3128", "http://proxy.example:3128", "proxy.example", 3128],
    ["http://proxy.example", "http://proxy.example:80", "proxy.example", 80],
    ["https://proxy.example", "https://proxy.example:443", "proxy.example", 443],
    ["HTTPS://Proxy.Example:8443", "https://proxy.example:8443", "proxy.example", 8443],
    ["http://[::1]:3128", "http://[::1]:3128", "::1", 3128],
    ["http://10.0.0.1:3128", "http://10.0.0.1:3128", "10.0.0.1", 3128],
    ["http://jane:s3cret@proxy.example:3128", "http://proxy.example:3128", "proxy.example", 3128],
    ["jane:s3cret@proxy.example:3128", "http://proxy.example:3128", "proxy.example", 3128],
  ];
  for (const [index, [value, shown, host, port]] of TABLE.entries())
    it(`case ${index + 1}: ${value} is shown as ${shown}`, () => {
      const found = read(value);
      assert.deepEqual([found.shown, found.host, found.port], [shown, host, port]);
    });

  it("sends user and password as Basic, decoded, and takes a lone % as it stands", () => {
    assert.equal(read("http://jane:s3cret@p").authorization, basic("jane:s3cret"));
    assert.equal(read("http://jane%40example.com:p%3As%20%C3%A9@p").authorization, basic("jane@example.com:p:s é"));
    assert.equal(read("http://jane:100%@p").authorization, basic("jane:100%"));
    assert.equal(read("http://jane@p").authorization, basic("jane:"));
    assert.equal(read("http://p").authorization, undefined);
    assert.deepEqual(read("http://p").secrets, []);
  });

  it("refuses other kinds and what is no address, without the value, which may hold a password", () => {
    for (const [value, problem] of [
      ["socks5://jane:s3cret@proxy:1080", "HTTPS_PROXY names a proxy of the kind socks5."],
      ["http://", "HTTPS_PROXY is no address of an HTTP proxy."],
      ["http://jane:s3cret@", "HTTPS_PROXY is no address of an HTTP proxy."],
      ["http://proxy:99999", "HTTPS_PROXY is no address of an HTTP proxy."],
    ] as const)
      assert.deepEqual(parseProxy("HTTPS_PROXY", value), { variable: "HTTPS_PROXY", problem }, value);
  });

  it("the password is in no text that is shown, and in every list of secrets", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!-~]{6,20}$/), (password) => {
        const found = parseProxy("HTTPS_PROXY", `http://jane:${encodeURIComponent(password)}@proxy.example:3128`);
        if ("problem" in found) throw new Error(found.problem);
        assert.equal(found.authorization, basic(`jane:${password}`));
        assert.equal(found.shown, "http://proxy.example:3128");
        assert.ok(found.secrets.includes(password));
        assert.ok(found.secrets.includes(basic(`jane:${password}`).slice(6)));
      }),
    );
  });
});
