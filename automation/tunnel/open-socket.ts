import type { Agent } from "node:http";
import WebSocket from "ws";
import type { Clock } from "../core/clock";
import { SallyportError } from "../core/errors";
import { isLoopbackHost } from "../network/loopback";
import { PROXY_TIMEOUT_MS, networkAgents } from "../network/network-agents";
import type { NetworkSettings } from "../network/network-settings";
import { socketErrorText } from "../network/socket-error-text";
import { tlsProblem } from "../network/tls-problem";

/** What opening the WebSocket of a data channel needs. */
export interface SocketRequest {
  /** As StartSession gave it; used byte for byte. */
  readonly streamUrl: string;
  /** Headers that sign the GET of the upgrade; none if the URL is presigned. */
  readonly sign: (url: string) => Promise<Readonly<Record<string, string>>>;
  readonly clock: Clock;
  readonly connectTimeoutMs: number;
  /** Largest message accepted, bytes. */
  readonly maxFrameBytes: number;
  readonly signal?: AbortSignal | undefined;
  /** Proxy and authorities; left out: directly, by the system's authorities. */
  readonly network?: NetworkSettings | undefined;
}

const DIRECT: NetworkSettings = { proxies: { bypass: [] } };

/**
 * Opens the WebSocket: no extension, no subprotocol, TLS verified by the network's authorities, through its proxy if it has
 * one for this address. Plain `ws:` only to this machine.
 *
 * Errors: TUNNEL_PROTOCOL (URL), AUTH_FORBIDDEN (401, 403), TUNNEL_CLOSED (another answer), TUNNEL_TIMEOUT, TLS_UNTRUSTED,
 * TLS_WRONG_NAME, AWS_UNREACHABLE, HTTP_PROXY_FAILED, NETWORK_SETTINGS_INVALID.
 */
export async function openSocket(request: SocketRequest): Promise<WebSocket> {
  checkUrl(request.streamUrl);
  const timer = new AbortController();
  const signal = request.signal ? AbortSignal.any([timer.signal, request.signal]) : timer.signal;
  const timeOut = request.clock.sleep(request.connectTimeoutMs, timer.signal).then(
    () => timer.abort(timedOut(request.connectTimeoutMs)),
    () => undefined,
  );
  try {
    const headers = await abortable(request.sign(request.streamUrl), signal);
    return await connect(request, headers, signal);
  } finally {
    timer.abort();
    await timeOut;
  }
}

function connect(
  request: SocketRequest,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<WebSocket> {
  signal.throwIfAborted();
  const socket = new WebSocket(request.streamUrl, {
    headers,
    perMessageDeflate: false,
    maxPayload: request.maxFrameBytes,
    followRedirects: false,
    agent: agentFor(request, signal),
  });
  return new Promise((resolve, reject) => {
    const abandon = (error: Error): void => {
      socket.removeAllListeners();
      socket.on("error", () => undefined);
      socket.terminate();
      signal.removeEventListener("abort", abort);
      reject(error);
    };
    const abort = (): void => abandon(signal.reason as Error);
    signal.addEventListener("abort", abort, { once: true });
    socket.once("unexpected-response", (_request, response) => {
      response.resume();
      abandon(unexpected(response.statusCode ?? 0));
    });
    socket.once("error", (error) => abandon(unreachable(error)));
    socket.once("open", () => {
      signal.removeEventListener("abort", abort);
      socket.removeAllListeners();
      // Between this and the user's own listeners frames may arrive: hold them.
      socket.pause();
      resolve(socket);
    });
  });
}

/** For this one connection. A proxy that hangs is named before the data channel's own time is up. */
function agentFor({ streamUrl, network = DIRECT, clock, connectTimeoutMs }: SocketRequest, signal: AbortSignal): Agent {
  const timeoutMs = Math.min(PROXY_TIMEOUT_MS, connectTimeoutMs * 0.8);
  const agents = networkAgents(network, { clock, timeoutMs, signal });
  return streamUrl.startsWith("wss:") ? agents.https : agents.http;
}

function checkUrl(streamUrl: string): void {
  const url = URL.canParse(streamUrl) ? new URL(streamUrl) : undefined;
  const local = url?.protocol === "ws:" && isLoopbackHost(url.hostname);
  if (url?.protocol === "wss:" || local) return;
  throw new SallyportError("TUNNEL_PROTOCOL", {
    message: `The session's stream address is not secure: ${url ? `${url.protocol}//${url.host}` : "not a URL"}.`,
  });
}

function unexpected(status: number): SallyportError {
  if (status === 401 || status === 403) {
    return new SallyportError("AUTH_FORBIDDEN", {
      message: `Session Manager refused the data channel (HTTP ${status}).`,
      likely: "The permission set lacks ssmmessages:OpenDataChannel, or its credentials have expired.",
    });
  }
  return new SallyportError("TUNNEL_CLOSED", {
    message: `Session Manager answered the data channel with HTTP ${status}.`,
  });
}

function unreachable(error: Error): SallyportError {
  if (error instanceof SallyportError) return error;
  const untrusted = tlsProblem("Session Manager's data channel", error);
  if (untrusted) return untrusted;
  return new SallyportError("AWS_UNREACHABLE", {
    message: `Session Manager's data channel cannot be reached: ${socketErrorText(error)}.`,
    cause: error,
  });
}

function timedOut(ms: number): SallyportError {
  return new SallyportError("TUNNEL_TIMEOUT", { message: `The data channel did not open within ${ms / 1000} s.` });
}

function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
