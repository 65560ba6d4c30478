import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { Client } from "pg";
import { localPort } from "../../../../automation/client/local-port";
import {
  proxyAddress,
  serveProxies,
  type ServedProxy,
  type ServeRequest,
} from "../../../../automation/client/serve-proxy";
import { SallyportError } from "../../../../automation/core/errors";
import { PersonWorld, WHO } from "../../../support/person-world";
import type { RecordedContext } from "../../../support/recorded-context";
import { inTemporaryFolder } from "../../../support/temporary-folder";

const INTERRUPTED = new SallyportError("INTERRUPTED", { message: "Interrupted." });

describe("a person's proxy", () => {
  const request: ServeRequest = {
    target: undefined,
    env: undefined,
    estate: undefined,
    role: undefined,
    connectTimeoutMs: 5_000,
    allowOverride: false,
    port: 0,
    socketFolder: undefined,
    rotateSecret: false,
    maxConnections: undefined,
  };
  let world: PersonWorld;
  beforeEach(async () => {
    world = await PersonWorld.start();
  });
  afterEach(() => world.close());

  /** Serves, lets `use` have it, then interrupts. */
  const served = async (
    folder: string,
    more: Partial<ServeRequest>,
    use: (proxy: ServedProxy, context: RecordedContext) => Promise<void>,
  ): Promise<RecordedContext> => {
    const stop = new AbortController();
    const context = world.context(folder, { signal: stop.signal });
    let using: Promise<void> | undefined;
    const ready = (proxy: ServedProxy): void => {
      using = use(proxy, context).finally(() => stop.abort(INTERRUPTED));
    };
    await serveProxies([{ ...request, ...more }], context, ready, world.open);
    await using;
    return context;
  };
  const ask = async (at: ServedProxy["at"], password?: string): Promise<unknown> => {
    const client = new Client({ ...at, password });
    client.on("error", () => undefined);
    await client.connect();
    const { rows } = await client.query(WHO);
    await client.end();
    return rows;
  };

  it("lets in who knows the kept secret, as the person, and ends with the signal", () =>
    inTemporaryFolder(async (folder) => {
      const context = await served(folder, {}, async ({ at, secret, target }) => {
        assert.deepEqual(
          [at.host, at.user, at.database, target],
          ["127.0.0.1", "jane@example.com", "app", "dev app/app"],
        );
        const kept = readFileSync(secret?.file ?? "", "utf8").trim();
        assert.deepEqual(await ask(at, kept), [{ current_user: "jane@example.com" }]);
        await assert.rejects(ask(at, "wrong"), { code: "28P01" });
        await assert.rejects(ask({ ...at, user: "sam@example.com" }, kept), { code: "28000" });
      });
      assert.deepEqual(world.aws.inputs("TerminateSession"), [{ SessionId: "jane-1" }]);
      assert.deepEqual(
        context.events
          .filter(({ stage }) => stage === "Proxy")
          .map(({ type }) => type)
          .sort(),
        ["proxy.connection.closed", "proxy.connection.opened", "proxy.connection.refused", "proxy.connection.refused"],
      );
    }));

  it("serves writer and reader at once, a port and a tunnel for each, and ends both", () =>
    inTemporaryFolder(async (folder) => {
      const stop = new AbortController();
      const found: ServedProxy[] = [];
      const both = [request, { ...request, target: { cluster: "app", endpoint: "reader" as const } }];
      const context = world.context(folder, { signal: stop.signal });
      let asking: Promise<unknown[]> | undefined;
      const ready = (proxy: ServedProxy): void => {
        found.push(proxy);
        if (found.length < 2) return;
        const secret = readFileSync(proxy.secret?.file ?? "", "utf8").trim();
        asking = Promise.all(found.map(({ at }) => ask(at, secret))).finally(() => stop.abort(INTERRUPTED));
      };
      await serveProxies(both, context, ready, world.open);
      assert.equal((await asking)?.length, 2);
      assert.deepEqual(
        found.map(({ target }) => target),
        ["dev app/app", "dev app/app@reader"],
      );
      assert.notEqual(found[0]?.at.port, found[1]?.at.port);
      assert.equal(world.aws.inputs("TerminateSession").length, 2);
    }));

  it("the second that cannot be opened ends the first too", () =>
    inTemporaryFolder(async (folder) => {
      const opened: ServedProxy[] = [];
      const both = [request, { ...request, target: { cluster: "orders", endpoint: "writer" as const } }];
      await assert.rejects(
        serveProxies(both, world.context(folder), (proxy) => opened.push(proxy), world.open),
        { code: "TARGET_UNKNOWN" },
      );
      assert.equal(world.aws.inputs("TerminateSession").length, 1);
      await assert.rejects(ask(opened[0]?.at as ServedProxy["at"], "x"), { code: "ECONNREFUSED" });
    }));

  it("ends open connections when it is ended", () =>
    inTemporaryFolder(async (folder) => {
      let ended: Promise<unknown> | undefined;
      await served(folder, {}, async ({ at, secret }) => {
        const client = new Client({ ...at, password: secret?.secret });
        ended = new Promise((resolve) => client.on("error", resolve));
        await client.connect();
      });
      assert.match(String(await ended), /Connection terminated unexpectedly/);
    }));

  it("listens on a socket without a secret", () =>
    inTemporaryFolder(async (folder) => {
      const socketFolder = path.join(folder, "s");
      await served(folder, { socketFolder, port: undefined }, async ({ at, secret }) => {
        assert.deepEqual([at.host, secret], [socketFolder, undefined]);
        assert.deepEqual(await ask(at), [{ current_user: "jane@example.com" }]);
      });
    }));

  it("says that its port is taken before it opens a tunnel", () =>
    inTemporaryFolder(async (folder) => {
      const holder = net.createServer().listen(0, "127.0.0.1");
      await new Promise((resolve) => holder.once("listening", resolve));
      const { port } = holder.address() as net.AddressInfo;
      try {
        await assert.rejects(
          serveProxies([{ ...request, port }], world.context(folder), () => undefined, world.open),
          {
            code: "PROXY_PORT_TAKEN",
            exitCode: 2,
            message: `Port ${port} of 127.0.0.1 is taken.`,
          },
        );
        assert.deepEqual(world.aws.inputs("StartSession"), []);
      } finally {
        await new Promise((resolve) => holder.close(resolve));
      }
    }));

  it("frees its port when the door does not open", () =>
    inTemporaryFolder(async (folder) => {
      const failure = new SallyportError("TUNNEL_TIMEOUT", { message: "The data channel did not answer." });
      await assert.rejects(
        serveProxies(
          [request],
          world.context(folder),
          () => assert.fail("not ready"),
          async () => {
            throw failure;
          },
        ),
        failure,
      );
    }));

  it("is told apart from an interruption before it was ready", () =>
    inTemporaryFolder(async (folder) => {
      const stop = new AbortController();
      const open: PersonWorld["open"] = async (order) => {
        const door = await world.open(order);
        stop.abort(INTERRUPTED);
        return door;
      };
      await assert.rejects(
        serveProxies([request], world.context(folder, { signal: stop.signal }), () => assert.fail("not ready"), open),
        INTERRUPTED,
      );
      assert.deepEqual(world.aws.inputs("TerminateSession"), [{ SessionId: "jane-1" }]);
    }));

  it("has an address that is known without opening anything", () =>
    inTemporaryFolder(async (folder) => {
      const { at } = await proxyAddress({ ...request, port: undefined }, world.context(folder), world.open);
      assert.equal(at.port, localPort("payments/dev", "app/app", "jane@example.com"));
      assert.deepEqual(world.aws.inputs("StartSession"), []);
    }));
});
