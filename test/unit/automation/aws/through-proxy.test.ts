import assert from "node:assert/strict";
import { systemClock } from "../../../../automation/core/clock";
import type { AwsOptions } from "../../../../automation/aws/options";
import { makeSts } from "../../../../automation/aws/sts";
import { Redactor } from "../../../../automation/core/redactor";
import { readNetwork } from "../../../../automation/network/network-settings";
import {
  closedPort,
  connectProxy,
  tlsFront,
  type ConnectProxy,
  type ProxyManners,
} from "../../../support/connect-proxy";
import { callerIdentity, EXAMPLE_KEYS, FakeAws } from "../../../support/fake-aws";
import { makeAuthority, type MadeAuthority } from "../../../support/made-certificates";

const HOST = "sts.eu-west-2.amazonaws.com";
const ARN = "arn:aws:sts::000000000000:assumed-role/r/jane@example.com";

describe("AWS through an HTTP proxy", () => {
  let authority: MadeAuthority;
  let aws: FakeAws;
  let front: ConnectProxy;
  let proxy: ConnectProxy | undefined;
  before(async () => {
    authority = await makeAuthority();
    aws = await FakeAws.start();
    aws.on("GetCallerIdentity", callerIdentity("000000000000", ARN));
    front = await tlsFront(await authority.issue([HOST]), Number(new URL(aws.url).port));
  });
  after(async () => {
    await front.close();
    await aws.close();
  });
  afterEach(async () => {
    await proxy?.close();
    proxy = undefined;
  });

  async function call(manners: ProxyManners, more: Partial<AwsOptions> = {}, credentials = ""): Promise<string> {
    proxy = await connectProxy({ routes: { [`${HOST}:443`]: front.port }, ...manners });
    return callAt(`http://${credentials}127.0.0.1:${proxy.port}`, more);
  }
  async function callAt(url: string, more: Partial<AwsOptions> = {}): Promise<string> {
    const env = { HTTPS_PROXY: url, HTTP_PROXY: url };
    const network = { ...readNetwork({ env, cwd: "/", redactor: new Redactor() }), authorities: [authority.ca] };
    const options = { region: "eu-west-2", clock: systemClock, credentials: EXAMPLE_KEYS, network, ...more };
    return (await makeSts(options).getCallerIdentity()).userName;
  }

  it("a call goes to AWS's own name, signed and verified, and the proxy sees neither", async () => {
    assert.equal(await call({ credentials: "jane:s3cret" }, {}, "jane:s3cret@"), "jane@example.com");
    assert.deepEqual(
      proxy?.asked.map(({ line }) => line),
      [`CONNECT ${HOST}:443`],
    );
    assert.equal(aws.requests.at(-1)?.headers.host, HOST);
    assert.equal(aws.requests.at(-1)?.headers["proxy-authorization"], undefined);
    assert.match(aws.requests.at(-1)?.headers.authorization ?? "", /\/eu-west-2\/sts\/aws4_request/);
  });

  it("an endpoint on this machine is called directly", async () => {
    assert.equal(await call({}, { endpoint: aws.url }), "jane@example.com");
    assert.deepEqual(proxy?.asked, []);
  });

  it("a refusal, an end without an answer and a dead proxy are the proxy's errors, not AWS's", async () => {
    const shown = (port: number | undefined): string => `The HTTP proxy http://127.0.0.1:${port} (HTTPS_PROXY)`;
    await assert.rejects(call({ credentials: "jane:right" }, {}, "jane:wr0ng@"), (error: Error & { next?: string }) => {
      assert.equal(error.next, "correct the user and password in HTTPS_PROXY (special characters are percent-encoded)");
      assert.doesNotMatch(`${error.stack}${JSON.stringify(error)}`, /wr0ng|amFuZT/);
      return true;
    });
    for (const [manners, said] of [
      [{ credentials: "a:b" }, `refused the way to ${HOST}:443: 407 Proxy Authentication Required.`],
      [{ instead: { answer: ["HTTP/1.1 403 Forbidden"] } }, `refused the way to ${HOST}:443: 403 Forbidden.`],
      [{ routes: {} }, `refused the way to ${HOST}:443: 502 Bad Gateway.`],
      [{ instead: "hang up" }, "closed the connection without an answer."],
    ] as const) {
      await proxy?.close();
      const calling = call(manners);
      await assert.rejects(calling, (error: Error & { code?: string; exitCode?: number }) => {
        assert.deepEqual([error.code, error.exitCode], ["HTTP_PROXY_FAILED", 6]);
        assert.equal(error.message, `${shown(proxy?.port)} ${said}`);
        return true;
      });
      assert.equal(proxy?.asked.length, 1, "asked once: a refusal is not repeated");
    }
    const closed = await closedPort();
    await assert.rejects(callAt(`http://127.0.0.1:${closed}`), {
      code: "HTTP_PROXY_FAILED",
      message: `${shown(closed)} cannot be reached: connect ECONNREFUSED 127.0.0.1:${closed}.`,
    });
  });

  it("a certificate of another authority or another name is told apart, with what to do", async () => {
    await assert.rejects(
      call({}, { network: { proxies: { bypass: [] } }, endpoint: `https://localhost:${front.port}`, attempts: 1 }),
      {
        code: "TLS_UNTRUSTED",
        message:
          "sts:GetCallerIdentity in eu-west-2: the server's certificate was not accepted: unable to verify the first certificate.",
        next: "set AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS to your organisation's authorities",
      },
    );
    await proxy?.close();
    await assert.rejects(call({ routes: { "sts.eu-west-1.amazonaws.com:443": front.port } }, { region: "eu-west-1" }), {
      code: "TLS_WRONG_NAME",
    });
  });

  it("an interruption ends a call whose proxy hangs, at once and with its own reason", async () => {
    const stop = new AbortController();
    const calling = call({ instead: "silence" }, { signal: stop.signal });
    const ended = assert.rejects(calling, { message: "Ctrl-C" });
    while (!proxy || proxy.asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    stop.abort(new Error("Ctrl-C"));
    await ended;
  });
});
