import assert from "node:assert/strict";
import { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import { systemClock } from "../../../../automation/core/clock";
import { SallyportError } from "../../../../automation/core/errors";
import { upgradeTls } from "../../../../automation/door/upgrade-tls";
import { fakePostgres, type FakePostgres, type ServerManner } from "../../../support/fake-postgres";
import { makeAuthority, type MadeAuthority, type MadeCertificate } from "../../../support/made-certificates";

const NAME = "payments-dev-app.cluster-abc.eu-west-2.rds.amazonaws.com";

describe("TLS to the database", () => {
  let authority: MadeAuthority;
  let stranger: MadeAuthority;
  let good: MadeCertificate;
  before(async () => {
    [authority, stranger] = await Promise.all([makeAuthority(), makeAuthority()]);
    good = await authority.issue([NAME]);
  });

  async function upgrade(
    certificate: MadeCertificate,
    more: { manner?: ServerManner; timeoutMs?: number; signal?: AbortSignal } = {},
  ): Promise<{ protocol: string | null; destroyed: () => boolean }> {
    const server = await fakePostgres(certificate, { manner: more.manner ?? "good" });
    const stream = await server.stream();
    try {
      const socket = await upgradeTls({
        stream,
        endpoint: NAME,
        authorities: [authority.ca],
        clock: systemClock,
        timeoutMs: more.timeoutMs ?? 5_000,
        signal: more.signal,
      });
      const protocol = socket.getProtocol();
      socket.destroy();
      return { protocol, destroyed: () => stream.destroyed };
    } catch (error) {
      assert.equal(stream.destroyed, true, "a failed stream is destroyed");
      throw error;
    } finally {
      await server.close();
    }
  }

  it("is up when authority and name are right", async () => {
    assert.equal((await upgrade(good)).protocol, "TLSv1.3");
  });

  it("refuses a certificate of another authority", async () => {
    await assert.rejects(upgrade(await stranger.issue([NAME])), {
      code: "TLS_UNTRUSTED",
      exitCode: 6,
      message: /^The certificate of payments-dev-app\.cluster-abc.* is not trusted: /,
    });
  });

  it("refuses a certificate for another name, and says for which", async () => {
    await assert.rejects(upgrade(await authority.issue(["other.cluster-abc.eu-west-2.rds.amazonaws.com"])), {
      code: "TLS_WRONG_NAME",
      exitCode: 6,
      message: `The certificate is for "other.cluster-abc.eu-west-2.rds.amazonaws.com", not "${NAME}".`,
    });
  });

  it("refuses a certificate that has ended", async () => {
    const ended = await authority.issue([NAME], Date.parse("2020-01-01"));
    await assert.rejects(upgrade(ended), { code: "TLS_UNTRUSTED", message: /CERT_HAS_EXPIRED/ });
  });

  for (const [manner, code] of [
    ["silent", "TUNNEL_DIAL_TIMEOUT"],
    ["hangsUp", "TUNNEL_DIAL_REFUSED"],
    ["noTls", "TLS_UNTRUSTED"],
    ["eager", "TLS_UNTRUSTED"],
    ["silentAfterS", "DB_UNREACHABLE"],
  ] as const) {
    it(`a server that is ${manner} ends as ${code}`, async () => {
      await assert.rejects(upgrade(good, { manner, timeoutMs: 50 }), { code, exitCode: 6 });
    });
  }

  describe("once it is up", () => {
    let server: FakePostgres;
    beforeEach(async () => {
      server = await fakePostgres(good);
    });
    afterEach(() => server.close());

    const up = async (stream: Duplex): Promise<{ secure: TLSSocket; closed: Promise<unknown> }> => {
      const authorities = [authority.ca];
      const secure = await upgradeTls({ stream, endpoint: NAME, authorities, clock: systemClock, timeoutMs: 5_000 });
      return { secure, closed: new Promise((resolve) => secure.on("close", resolve)) };
    };

    it("a stream that fails ends what is on it, and nothing else", async () => {
      const socket = await server.stream();
      // Not a socket: Node then hands the failure on to TLS.
      const stream = Duplex.from({ readable: socket, writable: socket });
      const { closed } = await up(stream);
      stream.destroy(new Error("the session was ended"));
      await closed;
      stream.emit("error", new Error("and once more"));
    });

    it("a socket that fails after TLS was closed ends nothing else", async () => {
      const stream = await server.stream();
      const { secure, closed } = await up(stream);
      secure.destroy();
      await closed;
      stream.emit("error", new Error("too late"));
    });
  });

  it("ends with the reason of an interruption", async () => {
    const reason = new SallyportError("INTERRUPTED", { message: "Interrupted." });
    await assert.rejects(upgrade(good, { manner: "silent", signal: AbortSignal.abort(reason) }), reason);
  });
});
