import assert from "node:assert/strict";
import { once } from "node:events";
import { ChannelClient } from "../../../../support/channel-client";
import { gatewayWorld, type GatewayWorld } from "../../../../support/gateway-world";

describe("channel session", () => {
  let world: GatewayWorld;
  afterEach(() => world.close());

  it("is connecting, connected, terminated", async () => {
    world = await gatewayWorld();
    const started = world.start();
    const state = (): string | undefined => world.gateway.get(started.sessionId)?.state;
    assert.equal(state(), "connecting");
    const tunnel = await world.tunnel(started);
    assert.equal(state(), "connected");
    await tunnel.close();
    assert.equal(state(), "terminated");
  });

  it("matrix 12: without a control channel nobody begins: the client waits in vain", async () => {
    world = await gatewayWorld();
    world.connected = false;
    await assert.rejects(world.tunnel({ connectTimeoutMs: 200 }), { code: "TUNNEL_TIMEOUT" });
  });

  it("without its instance nobody begins either", async () => {
    world = await gatewayWorld();
    for (const object of [...world.estate.objects]) world.estate.remove(object);
    await assert.rejects(world.tunnel({ connectTimeoutMs: 200 }), { code: "TUNNEL_TIMEOUT" });
  });

  it("matrix 36: a lost client leaves the session until it has been idle for 20 minutes of AWS's time", async () => {
    world = await gatewayWorld({ speed: 3_000 });
    const started = world.start();
    const client = await new ChannelClient().open(started);
    await client.ready();
    client.syn(3);
    client.write(3, "x");
    await client.until(() => client.got(3).length === 1);
    client.close();
    assert.equal(world.gateway.get(started.sessionId)?.state, "connected");
    const [connection] = world.accepted;
    if (connection && !connection.readableEnded) await once(connection.resume(), "end");
    assert.equal(world.gateway.get(started.sessionId)?.state, "terminated");
  });
});
