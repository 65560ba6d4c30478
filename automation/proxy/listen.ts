import { chmodSync, lstatSync, mkdirSync, unlinkSync, type Stats } from "node:fs";
import net from "node:net";
import path from "node:path";
import { SallyportError } from "../core/errors";
import type { ListenAt } from "./proxy-contract";

/** Longest path of a unix socket, bytes: sun_path is 108 with the final NUL on Linux (unix(7)); macOS takes 104. */
export const LONGEST_SOCKET_PATH = process.platform === "darwin" ? 103 : 107;

/**
 * Where libpq looks for a socket: PGHOST is the folder, PGPORT the number (PostgreSQL documentation, "Connection Strings", host).
 *
 * @example socketFile("/run/user/1000/sallyport", 5432) → /run/user/1000/sallyport/.s.PGSQL.5432
 */
export function socketFile(folder: string, port: number): string {
  return path.join(folder, `.s.PGSQL.${port}`);
}

/**
 * Makes a server listen: on loopback, or on a socket of mode 0600 in a folder of mode 0700 (made if it is not there). A socket that
 * nobody answers on is removed first.
 *
 * @returns the port, chosen if 0 was asked for
 * @throws SallyportError PROXY_PORT_TAKEN, PROXY_SOCKET_PATH
 */
export async function listen(server: net.Server, at: ListenAt): Promise<number> {
  if (at.kind === "tcp") {
    await listening(server, { host: at.host, port: at.port, exclusive: true }, `Port ${at.port} of ${at.host}`);
    return (server.address() as net.AddressInfo).port;
  }
  const file = socketFile(at.folder, at.port);
  if (Buffer.byteLength(file) > LONGEST_SOCKET_PATH) {
    throw socketPath(`${file} is longer than ${LONGEST_SOCKET_PATH} bytes, the longest path of a socket.`);
  }
  checkFolder(at.folder);
  await clearStale(file);
  await listening(server, { path: file }, `The socket ${file}`);
  chmodSync(file, 0o600);
  return at.port;
}

async function listening(server: net.Server, options: net.ListenOptions, what: string): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(options, resolve));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw taken(code === "EADDRINUSE" ? `${what} is taken.` : `${what} cannot be listened on (${code}).`, error);
  } finally {
    server.removeAllListeners("error");
  }
}

/** Whoever can enter the folder can log in: it must be the user's own and shut. */
function checkFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw socketPath(`The folder ${folder} cannot be made (${(error as NodeJS.ErrnoException).code}).`);
  }
  const found = lstatSync(folder);
  if (!found.isDirectory()) throw socketPath(`${folder} is not a folder of its own.`);
  const uid = process.getuid?.();
  if (uid !== undefined && found.uid !== uid) throw socketPath(`The folder ${folder} belongs to somebody else.`);
  const mode = found.mode & 0o777;
  if ((mode & 0o077) !== 0)
    throw socketPath(`Others can enter the folder ${folder} (mode 0${mode.toString(8)}); it must be 0700.`);
}

async function clearStale(file: string): Promise<void> {
  const found: Stats | undefined = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isSocket()) throw socketPath(`${file} is there and is not a socket.`);
  if (await answers(file)) throw taken(`The socket ${file} is taken.`);
  unlinkSync(file);
}

function answers(file: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.connect({ path: file });
    const done = (alive: boolean): void => {
      probe.destroy();
      resolve(alive);
    };
    // Anything but a plain "nobody is there" may be somebody who is busy.
    probe.once("connect", () => done(true));
    probe.once("error", (error: NodeJS.ErrnoException) => done(error.code !== "ECONNREFUSED"));
  });
}

function taken(message: string, cause?: unknown): SallyportError {
  return new SallyportError("PROXY_PORT_TAKEN", { message, cause });
}

function socketPath(message: string): SallyportError {
  return new SallyportError("PROXY_SOCKET_PATH", { message });
}
