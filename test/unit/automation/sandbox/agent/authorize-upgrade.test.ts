import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { systemClock } from "../../../../../automation/core/clock";
import { makeUrlSigner } from "../../../../../automation/aws/sign-url";
import type { IssuedKey, Principal } from "../../../../../automation/sandbox/account/estate";
import type { PortSession } from "../../../../../automation/sandbox/account/ports";
import { makeAuthorizeUpgrade } from "../../../../../automation/sandbox/agent/authorize-upgrade";
import { CALLER, gatewayWorld, type GatewayWorld } from "../../../../support/gateway-world";

const KEY: IssuedKey = {
  accessKeyId: "ASIAEXAMPLEEXAMPLE00",
  secretAccessKey: "secret-key",
  sessionToken: "session-token",
  expiresAt: Infinity,
  principal: CALLER,
};

const sign = (service = "ssmmessages", region = "eu-west-2"): ReturnType<typeof makeUrlSigner> =>
  makeUrlSigner({
    service,
    region,
    clock: systemClock,
    credentials: { accessKeyId: KEY.accessKeyId, secretAccessKey: KEY.secretAccessKey, sessionToken: "session-token" },
  });

describe("authorizing an upgrade", () => {
  let world: GatewayWorld;
  beforeEach(async () => {
    world = await gatewayWorld();
    world.estate.keys.set(KEY.accessKeyId, KEY);
  });
  afterEach(() => world.close());

  /** The verdict on a signed GET of a session's address, as "ok" or "code: message". */
  async function verdict(signer: ReturnType<typeof sign>, principal: Principal = CALLER): Promise<string> {
    world.estate.keys.set(KEY.accessKeyId, { ...KEY, principal });
    const { sessionId, streamUrl } = world.start(principal);
    const url = new URL(streamUrl);
    const headers = { host: url.host, ...(await signer(streamUrl)) };
    const request = { url: `${url.pathname}${url.search}`, headers } as unknown as IncomingMessage;
    const session = world.gateway.get(sessionId) as PortSession;
    const answer = await makeAuthorizeUpgrade(world.estate)(request, session);
    return answer.ok ? "ok" : `${answer.status} ${answer.code}: ${answer.message}`;
  }

  it("matrix 8: accepts the product's own signature, session names with an @ too", async () => {
    assert.equal(await verdict(sign()), "ok");
    assert.equal(await verdict(sign(), { ...CALLER, sessionName: "jane@example.com" }), "ok");
  });

  it("matrix 8: refuses no signature, another service's and another region's", async () => {
    assert.equal(
      await verdict(async () => ({})),
      "403 MissingAuthenticationTokenException: Missing Authentication Token",
    );
    const scoped = "403 InvalidSignatureException: Credential should be scoped to service ssmmessages in eu-west-2.";
    assert.equal(await verdict(sign("ssm")), scoped);
    assert.equal(await verdict(sign("ssmmessages", "eu-west-1")), scoped);
  });

  it("refuses a principal whose policies lack ssmmessages:OpenDataChannel, naming the session", async () => {
    const source = { kind: "role", roleName: "nobody", roleId: "AROAEXAMPLE" } as const;
    assert.match(
      await verdict(sign(), { ...CALLER, source }),
      /^403 AccessDeniedException: User: arn:aws:sts::.* is not authorized to perform: ssmmessages:OpenDataChannel on resource: arn:aws:ssm:eu-west-2:000000000000:session\/jane-[0-9a-f]{17} /,
    );
  });

  it("asks the same about a session that was never started", async () => {
    const headers = { host: "127.0.0.1:1", ...(await sign()("ws://127.0.0.1:1/v1/data-channel/jane-0?role=x")) };
    const request = { url: "/v1/data-channel/jane-0?role=x", headers } as unknown as IncomingMessage;
    assert.equal((await makeAuthorizeUpgrade(world.estate)(request, undefined)).ok, true);
  });
});
