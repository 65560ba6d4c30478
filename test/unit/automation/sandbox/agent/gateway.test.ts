import assert from "node:assert/strict";
import { once } from "node:events";
import WebSocket from "ws";
import { sessionArn } from "../../../../../automation/sandbox/agent/upgrade-verdict";
import { CALLER, gatewayWorld, type GatewayWorld } from "../../../../support/gateway-world";

/** Status and code of a refused upgrade. */
async function refusal(url: string): Promise<[number | undefined, string | undefined]> {
  const socket = new WebSocket(url);
  const [, response] = (await once(socket, "unexpected-response")) as [unknown, import("node:http").IncomingMessage];
  response.resume();
  socket.on("error", () => undefined);
  socket.terminate();
  return [response.statusCode, response.headers["x-amzn-errortype"] as string | undefined];
}

describe("gateway", () => {
  let world: GatewayWorld;
  afterEach(() => world.close());

  it("starts sessions with id, token and loopback address", async () => {
    world = await gatewayWorld();
    const { sessionId, tokenValue, streamUrl } = world.start();
    assert.match(sessionId, /^jane-[0-9a-f]{17}$/);
    assert.match(
      streamUrl,
      new RegExp(
        `^ws://127\\.0\\.0\\.1:\\d+/v1/data-channel/${sessionId}\\?role=publish_subscribe&cell-number=[\\w%]+$`,
      ),
    );
    assert.ok(tokenValue.length > 100 && tokenValue.length <= 300);
    assert.deepEqual(
      world.gateway.list().map((session) => session.id),
      [sessionId],
    );
  });

  it("matrix 8: judges the signed upgrade with the session it is for", async () => {
    const judged: (string | undefined)[] = [];
    world = await gatewayWorld({
      authorize: (_request, session) => {
        judged.push(session && sessionArn(session));
        return { ok: true, principal: CALLER };
      },
    });
    const started = world.start();
    await world.tunnel(started);
    assert.deepEqual(judged, [`arn:aws:ssm:eu-west-2:000000000000:session/${started.sessionId}`]);
    assert.equal(world.upgrades[0]?.["authorization"], "AWS4-HMAC-SHA256 test");
  });

  it("matrix 9: refuses an unsigned upgrade with the judge's answer", async () => {
    world = await gatewayWorld({
      authorize: () => ({
        ok: false,
        status: 403,
        code: "MissingAuthenticationTokenException",
        message: "Missing Authentication Token",
      }),
    });
    assert.deepEqual(await refusal(world.start().streamUrl), [403, "MissingAuthenticationTokenException"]);
    await assert.rejects(world.tunnel(), { code: "AUTH_FORBIDDEN" });
  });

  it("matrix 9: refuses a foreign principal, unless the knob says otherwise", async () => {
    world = await gatewayWorld();
    const started = world.start({ ...CALLER, userId: "AROAEXAMPLE:mallory" });
    assert.deepEqual(await refusal(started.streamUrl), [403, "AccessDeniedException"]);
    world.knobs.sameCallerOnly = false;
    await world.tunnel(started);
  });

  it("refuses unknown sessions after authorisation, other paths before it", async () => {
    world = await gatewayWorld();
    const { streamUrl } = world.start();
    assert.deepEqual(await refusal(streamUrl.replace(/jane-\w+/, "jane-00000000000000000")), [
      400,
      "DoesNotExistException",
    ]);
    assert.deepEqual(await refusal(streamUrl.replace("/v1/", "/v2/")), [404, "NotFoundException"]);
  });

  it("matrix 9: a wrong or used token is the end of the channel, as a typed error", async () => {
    world = await gatewayWorld();
    const started = world.start();
    await assert.rejects(world.tunnel({ ...started, tokenValue: "wrong" }), { code: "TUNNEL_CLOSED", message: /1003/ });
    await world.tunnel(started);
    await assert.rejects(world.tunnel(started), { code: "TUNNEL_CLOSED", message: /1003/ });
  });

  it("matrix 11: a session that wants KMS or something unknown is TUNNEL_HANDSHAKE", async () => {
    world = await gatewayWorld({ knobs: { handshake: "kms" } });
    await assert.rejects(world.tunnel(), { code: "TUNNEL_HANDSHAKE", message: /KMS/ });
    world.knobs.handshake = "unknown";
    await assert.rejects(world.tunnel(), { code: "TUNNEL_HANDSHAKE", message: /Teleport/ });
  });

  it("matrix 38: terminate ends the channel with channel_closed; twice is no error, unknown ones neither", async () => {
    world = await gatewayWorld();
    const started = world.start();
    const tunnel = await world.tunnel(started);
    world.gateway.terminate(started.sessionId);
    assert.deepEqual(await tunnel.closed, { by: "service", message: "The session was ended: no reason was given." });
    world.gateway.terminate(started.sessionId);
    world.gateway.terminate("unknown");
    assert.equal(world.gateway.get(started.sessionId)?.state, "terminated");
  });

  it("dials the session's destination from its instance", async () => {
    world = await gatewayWorld();
    const dialled: unknown[] = [];
    const { dial } = world;
    world.dial = (instance, host, port, signal) => {
      dialled.push([instance.id, host, port]);
      return dial(instance, host, port, signal);
    };
    const stream = await (await world.tunnel()).openStream();
    stream.write("x");
    await once(stream, "data");
    assert.deepEqual(dialled, [["i-0123456789abcdef0", "app.cluster-abc.eu-west-2.rds.amazonaws.com", 5432]]);
  });
});
