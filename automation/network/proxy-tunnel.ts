import http from "node:http";
import https from "node:https";
import { isIP, type Socket } from "node:net";
import { connect, type ConnectionOptions, type TLSSocket } from "node:tls";
import type { Clock } from "../core/clock";
import type { ProxyAddress } from "./proxy-address";
import { proxyRefused, proxySilent, proxyUnreachable, targetSilent, type ProxyAttempt } from "./proxy-failure";

/** A connection to a TLS server through a proxy. */
export interface ProxyTunnelRequest {
  readonly proxy: ProxyAddress;
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  /** For TLS with the target: authorities, server name. Its certificate is verified by the target's name. */
  readonly tls: ConnectionOptions;
  /** Authorities for TLS with the proxy itself; the system's when left out. */
  readonly authorities?: readonly string[] | undefined;
  readonly clock: Clock;
  /** For the proxy's answer, and again for TLS with the target, milliseconds. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks the proxy for a way to the target (CONNECT, RFC 9110 section 9.3.6) and does TLS with the target through it. The proxy sees
 * the target's name and port, nothing else.
 *
 * Errors: HTTP_PROXY_FAILED; TLS's own errors of the target; the signal's reason.
 */
export async function openProxyTunnel(request: ProxyTunnelRequest): Promise<TLSSocket> {
  const { host, port, proxy, timeoutMs } = request;
  const attempt = { proxy, target: `${isIP(host) === 6 ? `[${host}]` : host}:${port}` };
  const socket = await within(request, proxySilent(attempt, timeoutMs), (stop) => askForWay(request, attempt, stop));
  return within(request, targetSilent(attempt, timeoutMs), (stop) => secure(request, socket, stop));
}

function askForWay(request: ProxyTunnelRequest, attempt: ProxyAttempt, stop: AbortSignal): Promise<Socket> {
  const { proxy, authorities } = request;
  const { target } = attempt;
  return new Promise((resolve, reject) => {
    const sent = (proxy.protocol === "https:" ? https : http).request({
      method: "CONNECT",
      host: proxy.host,
      port: proxy.port,
      path: target,
      headers: {
        host: target,
        ...(proxy.authorization === undefined ? {} : { "proxy-authorization": proxy.authorization }),
      },
      // A connection of its own: the process-wide agent may itself be set to use proxies.
      agent: false,
      ...(authorities === undefined ? {} : { ca: [...authorities] }),
      ...(proxy.protocol === "https:" && isIP(proxy.host) === 0 ? { servername: proxy.host } : {}),
    });
    stop.addEventListener("abort", () => sent.destroy(stop.reason as Error), { once: true });
    sent.once("connect", (answer, socket, head) => {
      const status = answer.statusCode ?? 0;
      if (status < 200 || status > 299) {
        socket.destroy();
        return reject(proxyRefused(attempt, status, answer.headers));
      }
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    sent.on("error", (error) => reject(stop.aborted ? (stop.reason as Error) : explain(attempt, error)));
    sent.once("close", () => reject(proxySilent(attempt, undefined)));
    sent.end();
  });
}

/** A server that hangs up is there: that it "cannot be reached" would send people the wrong way. */
function explain(attempt: ProxyAttempt, error: Error): Error {
  const code = "code" in error ? error.code : "";
  return code === "ECONNRESET" ? proxySilent(attempt, undefined) : proxyUnreachable(attempt, error);
}

function secure(request: ProxyTunnelRequest, socket: Socket, stop: AbortSignal): Promise<TLSSocket> {
  const { host, port, tls } = request;
  return new Promise((resolve, reject) => {
    const abort = (): void => void secured.destroy(stop.reason as Error);
    const secured = connect({
      ALPNProtocols: ["http/1.1"],
      ...tls,
      servername: tls.servername ?? (isIP(host) === 0 ? host : ""),
      host,
      port,
      socket,
    });
    const failed = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    stop.addEventListener("abort", abort, { once: true });
    secured.once("error", failed);
    secured.once("secureConnect", () => {
      stop.removeEventListener("abort", abort);
      secured.removeListener("error", failed);
      resolve(secured);
    });
  });
}

/** Runs work with a signal that aborts with `late` when time is up, or with the request's own reason. */
async function within<T>(
  { clock, timeoutMs, signal }: ProxyTunnelRequest,
  late: Error,
  work: (stop: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const [timer, over] = [new AbortController(), new AbortController()];
  clock.sleep(timeoutMs, over.signal).then(
    () => timer.abort(late),
    () => undefined,
  );
  try {
    return await work(signal ? AbortSignal.any([timer.signal, signal]) : timer.signal);
  } finally {
    over.abort();
  }
}
