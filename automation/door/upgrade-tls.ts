import type { Duplex } from "node:stream";
import { connect, type TLSSocket } from "node:tls";
import type { Clock } from "../core/clock";
import { SallyportError } from "../core/errors";
import { translateTlsError } from "./tls-errors";

/** What turning a stream into a verified TLS connection to PostgreSQL needs. */
export interface UpgradeRequest {
  readonly stream: Duplex;
  /** The real endpoint: server name of the handshake and the name that the certificate must bear. */
  readonly endpoint: string;
  /** PEM certificates of the accepted authorities; no others are. */
  readonly authorities: readonly string[];
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/** SSLRequest: length 8, code 80877103 (PostgreSQL documentation, "Message Formats"). */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);
const YES = 0x53; // "S"

/**
 * Asks PostgreSQL for TLS and verifies the answer as libpq's verify-full does: authority and name. Nothing secret is sent before.
 * The stream is destroyed when this fails. Afterwards a failure of either shows as the end of the answered one, and needs no listener.
 *
 * Errors: TUNNEL_DIAL_TIMEOUT if the server never answers (the bastion dials it only now), TUNNEL_DIAL_REFUSED if the stream ends
 * instead, TLS_UNTRUSTED, TLS_WRONG_NAME, DB_UNREACHABLE.
 */
export async function upgradeTls(request: UpgradeRequest): Promise<TLSSocket> {
  const { stream } = request;
  try {
    const answer = await withDeadline(request, firstBytes(stream), () => dialTimeout(request));
    // More than one byte would have been sent before the handshake by whoever sits between (CVE-2021-23222).
    if (answer.length !== 1 || answer[0] !== YES) {
      throw new SallyportError("TLS_UNTRUSTED", {
        message: `${request.endpoint} does not offer TLS; nothing was sent to it.`,
      });
    }
    const secure = await withDeadline(request, handshake(request), () => {
      const message = `${request.endpoint} did not complete the TLS handshake within ${seconds(request.timeoutMs)}.`;
      return new SallyportError("DB_UNREACHABLE", { message });
    });
    // Either may fail when nobody uses the connection any more; that must not end the process.
    for (const one of [stream, secure]) one.on("error", () => undefined);
    return secure;
  } catch (error) {
    stream.destroy();
    throw error;
  }
}

function firstBytes(stream: Duplex): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const done = (act: () => void): void => {
      stream.off("readable", onReadable).off("end", onEnd).off("close", onEnd).off("error", onError);
      act();
    };
    const onReadable = (): void => {
      const chunk: unknown = stream.read();
      if (Buffer.isBuffer(chunk)) done(() => resolve(chunk));
    };
    const onEnd = (): void => done(() => reject(dialRefused()));
    const onError = (error: Error): void =>
      done(() => reject(error instanceof SallyportError ? error : dialRefused(error)));
    stream.on("readable", onReadable).on("end", onEnd).on("close", onEnd).on("error", onError);
    stream.write(SSL_REQUEST);
  });
}

function handshake(request: UpgradeRequest): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      socket: request.stream,
      servername: request.endpoint,
      ca: [...request.authorities],
      minVersion: "TLSv1.2",
    });
    const onError = (error: Error): void => reject(translateTlsError(error, request.endpoint));
    const onClose = (): void =>
      reject(
        new SallyportError("DB_UNREACHABLE", {
          message: `${request.endpoint} ended the connection during the TLS handshake.`,
        }),
      );
    socket.on("error", onError).on("close", onClose);
    socket.once("secureConnect", () => {
      socket.off("error", onError).off("close", onClose);
      // Node checked already, by default; this refuses to go on if that ever changes.
      if (socket.authorized) resolve(socket);
      else reject(translateTlsError(socket.authorizationError, request.endpoint));
    });
  });
}

async function withDeadline<T>(request: UpgradeRequest, work: Promise<T>, late: () => SallyportError): Promise<T> {
  const over = new AbortController();
  const signal = request.signal ? AbortSignal.any([request.signal, over.signal]) : over.signal;
  const deadline = request.clock.sleep(request.timeoutMs, signal).then(() => {
    throw late();
  });
  deadline.catch(() => undefined);
  work.catch(() => undefined);
  try {
    return await Promise.race([work, deadline]);
  } finally {
    over.abort();
  }
}

function dialTimeout(request: UpgradeRequest): SallyportError {
  return new SallyportError("TUNNEL_DIAL_TIMEOUT", {
    message: `The bastion got no answer from ${request.endpoint} within ${seconds(request.timeoutMs)}.`,
    likely: "A missing security-group rule drops packets silently: the bastion's egress, or the database's ingress.",
  });
}

function dialRefused(cause?: Error): SallyportError {
  return new SallyportError("TUNNEL_DIAL_REFUSED", {
    message: "The stream to the database ended before it answered.",
    likely: "The database refused the bastion's connection: it is stopped, starting, or its name does not resolve.",
    ...(cause === undefined ? {} : { cause }),
  });
}

function seconds(ms: number): string {
  return `${ms / 1000} s`;
}
