import assert from "node:assert/strict";
import fc from "fast-check";
import { proxyFor, readProxyRules } from "../../../../automation/network/proxy-rules";

const SSM = { secure: true, host: "ssm.eu-west-2.amazonaws.com", port: 443 };
type Env = Readonly<Record<string, string>>;

/** Environment, target, the proxy that is used. */
const TABLE: readonly (readonly [Env, Partial<typeof SSM>, string | undefined])[] = [
  [{}, {}, undefined],
  [{ HTTPS_PROXY: "http://p:1" }, {}, "http://p:1"],
  [{ https_proxy: "http://p:1" }, {}, "http://p:1"],
  [{ HTTPS_PROXY: "http://upper:1", https_proxy: "http://lower:1" }, {}, "http://lower:1"],
  [{ HTTPS_PROXY: "http://upper:1", https_proxy: "" }, {}, "http://upper:1"],
  [{ HTTPS_PROXY: " " }, {}, undefined],
  [{ HTTP_PROXY: "http://p:1" }, {}, undefined],
  [{ HTTP_PROXY: "http://p:1" }, { secure: false, port: 80 }, "http://p:1"],
  [{ HTTPS_PROXY: "http://p:1" }, { secure: false, port: 80 }, undefined],
  [{ HTTPS_PROXY: "http://p:1", NO_PROXY: "amazonaws.com" }, {}, undefined],
  [{ HTTPS_PROXY: "http://p:1", no_proxy: ".amazonaws.com" }, {}, undefined],
  [{ HTTPS_PROXY: "http://p:1", NO_PROXY: "*", no_proxy: "other.example" }, {}, "http://p:1"],
  [{ HTTPS_PROXY: "http://p:1", NO_PROXY: "ssm.eu-west-2.amazonaws.com:8443" }, {}, "http://p:1"],
  [{ HTTPS_PROXY: "http://p:1", NO_PROXY: "fd00::/8" }, { host: "fd00::5" }, undefined],
  [{ HTTPS_PROXY: "http://p:1" }, { host: "127.0.0.1" }, undefined],
  [{ HTTPS_PROXY: "http://p:1" }, { host: "127.9.9.9" }, undefined],
  [{ HTTPS_PROXY: "http://p:1" }, { host: "::1" }, undefined],
  [{ HTTPS_PROXY: "http://p:1" }, { host: "LOCALHOST" }, undefined],
  [{ HTTPS_PROXY: "http://p:1" }, { host: "127.0.0.1.evil.example" }, "http://p:1"],
  [{ HTTPS_PROXY: "socks5://p:1" }, { host: "127.0.0.1" }, undefined],
  [{ HTTPS_PROXY: "socks5://p:1", NO_PROXY: "amazonaws.com" }, {}, undefined],
];

describe("which proxy", () => {
  TABLE.forEach(([env, target, expected], index) => {
    const to = { ...SSM, ...target };
    it(`case ${index + 1}: ${JSON.stringify(env)} sends ${to.host}:${to.port} ${expected ?? "directly"}`, () => {
      assert.equal(proxyFor(readProxyRules(env), to)?.shown, expected);
    });
  });

  it("a proxy that cannot be used is refused once a connection needs it, by the variable's name and without its value", () => {
    const rules = readProxyRules({ https_proxy: "socks5://jane:s3cret@p:1080" });
    assert.throws(() => proxyFor(rules, SSM), {
      code: "NETWORK_SETTINGS_INVALID",
      exitCode: 2,
      message: "https_proxy names a proxy of the kind socks5.",
      next: "set https_proxy to http://host:port or https://host:port, or unset it",
    });
  });

  it("this machine is never behind a proxy, whatever the environment says", () => {
    const host = fc.constantFrom("127.0.0.1", "::1", "localhost", "127.1.2.3");
    fc.assert(
      fc.property(fc.string(), fc.string(), host, fc.boolean(), (proxy, noProxy, name, secure) => {
        const env = { HTTPS_PROXY: `http://p${proxy}`, http_proxy: proxy, NO_PROXY: noProxy };
        assert.equal(proxyFor(readProxyRules(env), { secure, host: name, port: 4566 }), undefined);
      }),
    );
  });
});
