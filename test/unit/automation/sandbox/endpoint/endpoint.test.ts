import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import net from "node:net";
import tls from "node:tls";
import { makeAuthority, type Authority } from "../../../../../automation/sandbox/certificates/authority";
import { startEndpoint, type Endpoint, type EndpointPorts } from "../../../../../automation/sandbox/endpoint/endpoint";
import { startupMessage } from "../../../../../automation/sandbox/endpoint/startup-packet";

const NAME = "app.cluster-x.eu-west-2.rds.amazonaws.com";
const TLS_REQUEST = Buffer.from("0000000804d2162f", "hex");
const START = startupMessage(
  196608,
  new Map([
    ["user", "jane"],
    ["database", "app"],
  ]),
);

/** Everything until the other side closes, ErrorResponse fields on one line. */
async function answer(socket: net.Socket): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("latin1").slice(5).replaceAll("\0", "|");
}

describe("the TLS endpoint", () => {
  let authority: Authority;
  let endpoint: Endpoint;
  let backend: net.Server;
  let ports: EndpointPorts;
  const opened: string[] = [];

  before(async () => {
    authority = await makeAuthority(
      () => Date.now(),
      () => randomBytes(16),
    );
    // Stands for PostgreSQL: answers with what it was sent.
    backend = net
      .createServer((socket) =>
        socket.on("error", () => undefined).once("data", (chunk) => socket.end(`got ${chunk.toString("latin1")}`)),
      )
      .listen(0, "127.0.0.1");
    await once(backend, "listening");
  });

  after(() => void backend.close());

  beforeEach(async () => {
    opened.length = 0;
    ports = {
      usesIam: async (user) => user === "jane",
      acceptsToken: (token) => token === "good token",
      connect: (how) => (opened.push(how), net.connect((backend.address() as net.AddressInfo).port, "127.0.0.1")),
    };
    endpoint = await startEndpoint({ ...(await authority.issue([NAME])), loginTimeoutMs: 5000 }, ports);
  });

  afterEach(() => endpoint.close());

  const plain = (): net.Socket => net.connect(endpoint.port, endpoint.host);
  const secure = async (servername = NAME): Promise<tls.TLSSocket> => {
    const socket = plain();
    socket.write(TLS_REQUEST);
    const [yes] = (await once(socket, "data")) as [Buffer];
    assert.equal(yes.toString(), "S");
    const upgraded = tls.connect({ socket, servername, ca: authority.caPem });
    await once(upgraded, "secureConnect");
    return upgraded;
  };
  const password = (text: string): Buffer => {
    const message = Buffer.from(`p\0\0\0\0${text}\0`, "latin1");
    message.writeUInt32BE(message.length - 1, 1);
    return message;
  };

  it("without TLS refuses as RDS does, and opens nothing", async () => {
    const socket = plain();
    socket.write(START);
    assert.equal(
      await answer(socket),
      'SFATAL|VFATAL|C28000|Mno pg_hba.conf entry for host "127.0.0.1", user "jane", database "app", no encryption||',
    );
    assert.deepEqual(opened, []);
  });

  it("says N to GSS encryption and goes on", async () => {
    const socket = plain();
    socket.write(Buffer.from("0000000804d21630", "hex"));
    const [no] = (await once(socket, "data")) as [Buffer];
    assert.equal(no.toString(), "N");
    socket.write(START);
    assert.match(await answer(socket), /no encryption/);
  });

  it("asks an IAM login for its token and sends an accepted one to the trusted socket", async () => {
    const socket = await secure();
    socket.write(START);
    const [ask] = (await once(socket, "data")) as [Buffer];
    assert.equal(ask.toString("hex"), "520000000800000003");
    socket.write(password("good token"));
    assert.equal((await answer(socket)).replace(/^.*user/, "user"), "user|jane|database|app||");
    assert.deepEqual(opened, ["trusted"]);
  });

  it("refuses another token with PAM's words, and opens nothing", async () => {
    const socket = await secure();
    socket.write(START);
    await once(socket, "data");
    socket.write(password("bad token"));
    assert.equal(await answer(socket), 'SFATAL|VFATAL|C28000|MPAM authentication failed for user "jane"||');
    assert.deepEqual(opened, []);
  });

  it("leaves every other login to PostgreSQL's own password check", async () => {
    const socket = await secure();
    socket.write(startupMessage(196608, new Map([["user", "ann"]])));
    assert.match(await answer(socket), /user\|ann\|\|$/);
    assert.deepEqual(opened, ["password"]);
  });

  it("has a certificate for the cluster's names only", async () => {
    await assert.rejects(secure("localhost"), { code: "ERR_TLS_CERT_ALTNAME_INVALID" });
  });

  it("drops a client that sends more than the request before TLS stands", async () => {
    const socket = plain();
    socket.on("error", () => undefined);
    socket.write(Buffer.concat([TLS_REQUEST, START]));
    await once(socket, "close");
    assert.equal(socket.bytesRead, 0);
    assert.deepEqual(opened, []);
  });

  it("refuses packets that are none, and a login without a user", async () => {
    const nonsense = plain();
    nonsense.write(Buffer.from("GET / HTTP/1.1\r\n\r\n"));
    assert.equal(await answer(nonsense), "SFATAL|VFATAL|C08P01|Minvalid length of startup packet||");
    const nobody = await secure();
    nobody.write(startupMessage(196608, new Map()));
    assert.equal(await answer(nobody), "SFATAL|VFATAL|C28000|Mno PostgreSQL user name specified in startup packet||");
  });

  it("ends a login that does not come to an end", async () => {
    await endpoint.close();
    endpoint = await startEndpoint({ ...(await authority.issue([NAME])), loginTimeoutMs: 50 }, ports);
    const silent = plain();
    silent.resume();
    await once(silent, "close");
  });

  it("closing ends open connections", async () => {
    const socket = await secure();
    const closed = once(socket, "close");
    socket.on("error", () => undefined).resume();
    await endpoint.close();
    await closed;
  });
});
