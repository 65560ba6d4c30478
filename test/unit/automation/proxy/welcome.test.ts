import assert from "node:assert/strict";
import { once } from "node:events";
import type { Socket } from "node:net";
import { connect as connectTls, createSecureContext, type SecureContext } from "node:tls";
import { makeLocalCertificate, type LocalCertificate } from "../../../../automation/proxy/local-certificate";
import { welcome, type Welcomed } from "../../../../automation/proxy/welcome";
import { cancelRequest, startupMessage } from "../../../../automation/proxy/wire/client-messages";
import { parameters, socketPair } from "./proxy-fixture";

const TLS = Buffer.from("0000000804d2162f", "hex");
const GSS = Buffer.from("0000000804d21630", "hex");
const STARTUP = startupMessage(0, parameters({ user: "jane" }));

describe("welcome", () => {
  let local: LocalCertificate;
  let context: SecureContext;
  let client: Socket;
  let server: Socket;
  before(async () => {
    local = await makeLocalCertificate(Date.now(), Buffer.alloc(16, 1));
    context = createSecureContext(local);
  });
  beforeEach(async () => {
    [client, server] = await socketPair();
  });
  afterEach(() => {
    client.destroy();
    server.destroy();
  });
  const upgraded: object[] = [];
  const run = (how: (() => Promise<SecureContext>) | undefined = () => Promise.resolve(context)): Promise<Welcomed> =>
    welcome(server, { context: how, upgraded: (stream) => upgraded.push(stream) });

  it("takes a startup message without encryption", async () => {
    client.write(STARTUP);
    const { packet, stream } = await run();
    assert.equal(packet.kind, "startup");
    assert.equal(stream, server);
  });

  it("answers N to GSS, then S to TLS, and goes on encrypted with the local certificate", async () => {
    const welcomed = run();
    client.write(GSS);
    assert.equal(String((await once(client, "data"))[0]), "N");
    client.write(TLS);
    assert.equal(String((await once(client, "data"))[0]), "S");
    const secure = connectTls({ socket: client, servername: "localhost", ca: local.cert });
    secure.on("error", () => undefined);
    await once(secure, "secureConnect");
    assert.ok(secure.authorized);
    secure.write(STARTUP);
    const { packet, stream } = await welcomed;
    assert.equal(packet.kind, "startup");
    assert.equal(stream, upgraded.at(-1));
  });

  it("answers N to TLS where there is no certificate, as PostgreSQL does on a socket", async () => {
    const welcomed = welcome(server, { context: undefined, upgraded: () => assert.fail() });
    client.write(TLS);
    assert.equal(String((await once(client, "data"))[0]), "N");
    client.write(cancelRequest(Buffer.alloc(8)));
    assert.equal((await welcomed).packet.kind, "cancel");
  });

  it("refuses bytes that come before the handshake (CVE-2021-23222), also while the certificate is made", async () => {
    const refused = { sqlState: "08P01", message: "received unencrypted data after encryption request" };
    client.write(Buffer.concat([TLS, STARTUP]));
    await assert.rejects(run(), refused);
    const [other, far] = await socketPair();
    other.write(TLS);
    const slow = async (): Promise<SecureContext> => {
      const before = far.bytesRead;
      other.write(STARTUP);
      while (far.bytesRead === before) await new Promise((resolve) => setImmediate(resolve));
      return context;
    };
    await assert.rejects(welcome(far, { context: slow, upgraded: () => assert.fail() }), refused);
    other.destroy();
  });

  it("refuses to be asked for the same encryption twice", async () => {
    const welcomed = run();
    client.write(GSS);
    await once(client, "data");
    client.write(GSS);
    await assert.rejects(welcomed, { sqlState: "08P01", message: "encryption was asked for twice" });
  });

  it("refuses encryption within encryption", async () => {
    const welcomed = run();
    client.write(TLS);
    await once(client, "data");
    const secure = connectTls({ socket: client, servername: "localhost", ca: local.cert });
    secure.on("error", () => undefined).write(GSS);
    await assert.rejects(welcomed, { sqlState: "08P01", message: "encryption was asked for twice" });
  });

  it("a client that speaks no TLS after S ends it", async () => {
    const welcomed = run();
    client.write(TLS);
    await once(client, "data");
    client.write(STARTUP);
    await assert.rejects(welcomed);
    assert.ok(server.destroyed);
  });
});
