import assert from "node:assert/strict";
import net from "node:net";
import { once } from "node:events";
import { forwardCancel, splice } from "../../../../../automation/sandbox/endpoint/backend";

describe("joining client and PostgreSQL", () => {
  /** A connected pair of sockets on loopback. */
  async function pair(): Promise<{ near: net.Socket; far: net.Socket }> {
    const server = net.createServer({ allowHalfOpen: true }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const near = net.connect((server.address() as net.AddressInfo).port, "127.0.0.1");
    const [far] = (await once(server, "connection")) as [net.Socket];
    server.close();
    return { near, far };
  }

  it("sends the startup message first, then what the client already said, then all that comes", async () => {
    const [client, backend] = [await pair(), await pair()];
    splice(client.far, Buffer.from("early"), backend.near, Buffer.from("startup-"));
    client.near.write("-later");
    let said = "";
    for await (const chunk of backend.far) {
      said += String(chunk);
      if (said.endsWith("later")) break;
    }
    assert.equal(said, "startup-early-later");
    client.near.destroy();
    backend.far.destroy();
  });

  it("when PostgreSQL closes, the client gets all and then the end", async () => {
    const [client, backend] = [await pair(), await pair()];
    splice(client.far, Buffer.alloc(0), backend.near, Buffer.from("s"));
    backend.far.end("last words");
    let said = "";
    for await (const chunk of client.near) said += String(chunk);
    assert.equal(said, "last words");
    backend.far.destroy();
  });

  it("a client that reads slowly gets all of a large result although PostgreSQL has closed", async () => {
    const [client, backend] = [await pair(), await pair()];
    splice(client.far, Buffer.alloc(0), backend.near, Buffer.from("s"));
    const size = 16 * 1024 * 1024;
    backend.far.resume().end(Buffer.alloc(size, 7), () => backend.far.destroy());
    await new Promise((resolve) => setTimeout(resolve, 100));
    let seen = 0;
    for await (const chunk of client.near) seen += (chunk as Buffer).length;
    assert.equal(seen, size);
    client.near.destroy();
  });

  it("when the client vanishes, so does the connection to PostgreSQL", async () => {
    const [client, backend] = [await pair(), await pair()];
    splice(client.far, Buffer.alloc(0), backend.near, Buffer.from("s"));
    backend.far.resume().on("error", () => undefined);
    client.near.resetAndDestroy();
    await once(backend.far, "end").catch(() => undefined);
    backend.far.destroy();
    assert.equal(backend.near.destroyed, true);
  });

  it("hands a cancel request on and closes after PostgreSQL did", async () => {
    const [client, backend] = [await pair(), await pair()];
    forwardCancel(client.far, backend.near, Buffer.from("cancel"));
    let said = "";
    for await (const chunk of backend.far) said += String(chunk);
    assert.equal(said, "cancel");
    backend.far.end();
    client.near.resume();
    await once(client.near, "end");
    client.near.destroy();
  });
});
