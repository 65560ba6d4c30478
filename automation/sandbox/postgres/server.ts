import net from "node:net";
import type { Clock } from "../../core/clock";
import { SallyportError } from "../../core/errors";
import { waitFor } from "../../core/retry";
import type { PostgresBinaries } from "./binaries";
import { runGuarded } from "./guard";
import { lastLines, SERVER_ENVIRONMENT } from "./initialise";
import type { ServerUser } from "./server-user";
import { serverArguments, socketPath } from "./settings";

/** A PostgreSQL that runs under its guard. */
export interface RunningPostgres {
  /** Folder of the unix socket: what `pg` takes as host. */
  readonly socketFolder: string;
  /** The socket itself. */
  readonly socket: string;
  /** Port on 127.0.0.1, and part of the socket's name. */
  readonly port: number;
  readonly guardPid: number;
  /** Resolves with the exit code when PostgreSQL has ended, whoever ended it. */
  readonly ended: Promise<number>;
  /** Fast shutdown; resolves when it is gone. */
  stop(): Promise<void>;
}

/** What a server needs: its folders exist and belong to the server user. */
export interface ServerPlace {
  readonly dataFolder: string;
  readonly socketFolder: string;
  readonly log: string;
}

const START_TIMEOUT_MS = 15_000;
const PORT_TRIES = 3;

/** Starts PostgreSQL under a guard and waits until it answers on its socket. A port that was taken meanwhile is tried again. */
export async function startServer(
  binaries: PostgresBinaries,
  place: ServerPlace,
  user: ServerUser | undefined,
  clock: Clock,
): Promise<RunningPostgres> {
  for (let left = PORT_TRIES; ; left -= 1) {
    const port = await freePort();
    const server = launch(binaries, place, port, user);
    if (await answers(server, clock)) return server;
    await server.stop();
    if (left > 1 && /Address already in use/.test(lastLines(place.log))) continue;
    throw new SallyportError("SANDBOX_START_FAILED", { message: `PostgreSQL did not start: ${lastLines(place.log)}` });
  }
}

function launch(
  binaries: PostgresBinaries,
  place: ServerPlace,
  port: number,
  user: ServerUser | undefined,
): RunningPostgres {
  const { dataFolder, socketFolder, log } = place;
  const args = serverArguments(dataFolder, socketFolder, port);
  const order = { program: binaries.postgres, args, cwd: dataFolder, env: SERVER_ENVIRONMENT, log, ...user };
  const guarded = runGuarded(order);
  return {
    socketFolder,
    socket: socketPath(socketFolder, port),
    port,
    guardPid: guarded.pid,
    ended: guarded.ended,
    stop: () => guarded.stop(),
  };
}

/** Does it accept connections (not: does the process exist)? */
async function answers(server: RunningPostgres, clock: Clock): Promise<boolean> {
  let gone = false;
  void server.ended.then(() => (gone = true));
  const found = await waitFor(async () => (gone ? "gone" : (await accepts(server.socket)) ? "up" : undefined), {
    clock,
    timeoutMs: START_TIMEOUT_MS,
    intervalMs: 20,
  });
  return found === "up";
}

/** Starts a session as the superuser on the trusted socket; only a server that has finished starting accepts it. */
function accepts(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.connect(socket);
    const done = (yes: boolean): void => {
      probe.destroy();
      resolve(yes);
    };
    probe.once("error", () => done(false)).once("close", () => done(false));
    // A startup packet for the superuser: only a server that is ready answers AuthenticationOk (R).
    probe.once("data", (chunk) => done(chunk[0] === 0x52));
    const body = Buffer.from("\0\x03\0\0user\0rdsadmin\0database\0template1\0\0", "latin1");
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length + 4);
    probe.write(Buffer.concat([length, body]));
  });
}

/** A port that was free a moment ago: PostgreSQL cannot be told "any". */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
