import { Client } from "pg";
import { makeSsm } from "../aws/ssm";
import { openPersonDoor } from "../client/open-person-door";
import { personSession } from "../client/person-session";
import { runStatements } from "../client/run-statements";
import type { StatementResult } from "../client/statement-result";
import { Closer } from "../core/closer";
import type { CommandContext } from "../core/command-context";
import { databaseAuthorities } from "../door/authorities";
import { openDoorProxy } from "../door/door-proxy";
import { upgradeTls } from "../door/upgrade-tls";
import { makeLocalSecret } from "../proxy/local-secret";
import { shortHosts, type DemoWorld } from "./refusal";

/** A visit of the person who is signed in: her row, and the world in which she may try more. */
export interface Visit {
  readonly row: StatementResult;
  readonly world: DemoWorld;
  /** Closes connection, proxy and tunnel. */
  close(): Promise<void>;
}

/** For each wait on the way, milliseconds. */
const TIMEOUT_MS = 15_000;
const WHO =
  "select current_user, session_user, count(*) as orders, current_setting('server_version') as postgresql from orders";

/**
 * Opens the person's door, a proxy through it, and goes through the proxy with a PostgreSQL client that knows nothing of all this.
 *
 * @param later moves the sandbox's clock while something runs
 */
export async function visit(context: CommandContext, role: string, later: DemoWorld["later"]): Promise<Visit> {
  const { clock, redactor, signal } = context;
  const closer = new Closer();
  try {
    const request = { target: undefined, env: undefined, estate: undefined, role, connectTimeoutMs: TIMEOUT_MS };
    const { door, found, target } = await openPersonDoor({ ...request, allowOverride: false }, context);
    closer.add(() => door.close());
    const secret = makeLocalSecret((size) => context.randomBytes(size));
    redactor.register(secret);
    const proxy = await openDoorProxy({
      door,
      user: found.login,
      database: target.database,
      listen: { kind: "tcp", host: "127.0.0.1", port: 0 },
      secret,
      clock,
      randomBytes: (size) => context.randomBytes(size),
      report: () => undefined,
    });
    closer.add(() => proxy.close());
    const client = new Client({
      host: proxy.host,
      port: proxy.port,
      user: found.login,
      password: secret,
      database: target.database,
    });
    client.on("error", () => undefined);
    const begun = clock.now();
    await client.connect();
    closer.add(() => client.end());
    context.reporter.report({
      type: "demo.connected",
      stage: "Connect",
      mark: "done",
      text: `proxy on ${proxy.host}:${proxy.port}; certificate of ${shortHosts(door.host)} verified; token accepted`,
      ms: clock.now() - begun,
    });
    const [row] = await runStatements(client, WHO);
    if (!row) throw new Error("the row did not come");
    const { record, portal, endpoint, network } = personSession(context);
    const authorities = databaseAuthorities(record.sandbox?.caBundle);
    const world: DemoWorld = {
      portal,
      account: found.account,
      ssm: makeSsm({
        region: target.door.region,
        credentials: found.credentials,
        endpoint,
        network,
        clock,
        signal,
        attempts: 1,
      }),
      door,
      login: found.login,
      database: target.database,
      client,
      expectName: async (name) =>
        upgradeTls({
          stream: await door.openStream(),
          endpoint: name,
          authorities,
          timeoutMs: TIMEOUT_MS,
          clock,
          signal,
        }),
      later,
    };
    return { row, world, close: () => closer.close() };
  } catch (error) {
    await closer.close();
    throw error;
  }
}
