import assert from "node:assert/strict";
import type { IncomingHttpHeaders } from "node:http";
import { parseProxy, type ProxyAddress } from "../../../../automation/network/proxy-address";
import { proxyRefused, proxyUnreachable } from "../../../../automation/network/proxy-failure";

const target = "ssm.eu-west-2.amazonaws.com:443";
const proxy = parseProxy("HTTPS_PROXY", "http://proxy.example:3128") as ProxyAddress;
const known = parseProxy("https_proxy", "http://jane:s3cret@proxy.example:3128") as ProxyAddress;

/** Status, headers, proxy, answer in the message, next step. */
const TABLE: readonly (readonly [number, IncomingHttpHeaders, ProxyAddress, string, string])[] = [
  [
    407,
    { "proxy-authenticate": 'Basic realm="way, out"' },
    proxy,
    "407 Proxy Authentication Required",
    "put the proxy's user and password into HTTPS_PROXY: http://user:password@host:port",
  ],
  [
    407,
    {},
    known,
    "407 Proxy Authentication Required",
    "correct the user and password in https_proxy (special characters are percent-encoded)",
  ],
  [
    407,
    { "proxy-authenticate": "Negotiate, NTLM" },
    known,
    "407 Proxy Authentication Required",
    "the proxy asks for negotiate or ntlm, which is not supported: use one that takes Basic, or add ssm.eu-west-2.amazonaws.com to NO_PROXY",
  ],
  [
    407,
    { "proxy-authenticate": 'Negotiate, Basic realm="way out"' },
    proxy,
    "407 Proxy Authentication Required",
    "put the proxy's user and password into HTTPS_PROXY: http://user:password@host:port",
  ],
  [
    403,
    {},
    proxy,
    "403 Forbidden",
    "ask the proxy's owners to allow ssm.eu-west-2.amazonaws.com:443, or add ssm.eu-west-2.amazonaws.com to NO_PROXY",
  ],
  [502, {}, proxy, "502 Bad Gateway", "check that the proxy can reach ssm.eu-west-2.amazonaws.com:443, then run again"],
  [405, {}, proxy, "405 Method Not Allowed", "check that HTTPS_PROXY names an HTTP proxy that allows CONNECT"],
  [999, {}, proxy, "999", "check that the proxy can reach ssm.eu-west-2.amazonaws.com:443, then run again"],
];

describe("a proxy that does not give way", () => {
  TABLE.forEach(([status, headers, by, answer, next], index) => {
    it(`case ${index + 1}: ${status} says what to do`, () => {
      const error = proxyRefused({ proxy: by, target }, status, headers);
      assert.equal(error.code, "HTTP_PROXY_FAILED");
      assert.equal(
        error.message,
        `The HTTP proxy http://proxy.example:3128 (${by.variable}) refused the way to ${target}: ${answer}.`,
      );
      assert.equal(error.next, next);
      assert.deepEqual(error.values, { proxy: "http://proxy.example:3128", target });
      assert.doesNotMatch(JSON.stringify(error), /s3cret/);
    });
  });

  it("one that cannot be reached is named with the socket's words, also where several addresses failed", () => {
    const refused = new Error("connect ECONNREFUSED 10.0.0.1:3128");
    const message =
      "The HTTP proxy http://proxy.example:3128 (HTTPS_PROXY) cannot be reached: connect ECONNREFUSED 10.0.0.1:3128.";
    for (const error of [refused, new AggregateError([refused], "")]) {
      const said = proxyUnreachable({ proxy, target }, error);
      assert.equal(said.message, message);
      assert.equal(said.next, "check that HTTPS_PROXY names the right proxy and that it runs, or unset it");
      assert.equal(said.cause, error);
    }
  });
});
