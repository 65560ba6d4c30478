import { timingSafeEqual, createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { parseOrder, type ProviderInstances } from "./provider-instances";

/** First part of every control route's path. */
export const CONTROL_PATH = "/_sandbox/";
/** The largest body that a control route reads, bytes. */
const BODY_LIMIT = 256 * 1024;

/** A control route: gets the parsed body, answers what becomes the JSON of the response. Throws ControlRefusal. */
export type ControlRoute = (body: unknown) => Promise<unknown>;

/** A refusal with its HTTP status. */
export class ControlRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** What the control routes work on. */
export interface ControlParts {
  readonly token: string;
  readonly providers: ProviderInstances;
  /** By method and name, e.g. `GET status`. */
  readonly routes: Readonly<Record<string, ControlRoute>>;
}

/** Answers a request if it is for a control route; false if it is not, and then nothing was touched. */
export type Control = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * The control routes of a sandbox, on the port of its APIs: whoever holds the token may steer it. Asks for the token, a Host that
 * is this machine, and no Origin, so that a web page cannot reach it, DNS rebinding included.
 */
export function makeControl(parts: ControlParts): Control {
  return (request, response) => {
    const path = (request.url ?? "").split("?")[0] ?? "";
    if (!path.startsWith(CONTROL_PATH)) return false;
    answer(parts, path.slice(CONTROL_PATH.length), request, response).catch((error: unknown) =>
      refuse(response, error),
    );
    return true;
  };
}

async function answer(
  parts: ControlParts,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  admit(request, parts.token);
  if (request.method === "POST" && name === "providers") return holdProvider(parts.providers, request, response);
  const route = parts.routes[`${request.method} ${name}`];
  if (!route) throw new ControlRefusal(404, `no control route ${request.method} ${name}`);
  const text = JSON.stringify((await route(await bodyOf(request))) ?? {});
  response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" }).end(`${text}\n`);
}

/** The answer stays open for as long as the relay lives; its end, however it comes, ends the instance. */
async function holdProvider(
  providers: ProviderInstances,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const order = parseOrder(await bodyOf(request));
  if (!order) throw new ControlRefusal(400, "package, version and environment are needed");
  const instance = await providers.start(order).catch((error: unknown) => {
    throw new ControlRefusal(400, error instanceof Error ? error.message : String(error));
  });
  const close = (): void => void instance.close().catch(() => undefined);
  // The relay may have gone while the provider started.
  if (response.destroyed) return close();
  response.on("close", close);
  response
    .writeHead(200, { "content-type": "application/x-ndjson" })
    .write(`${JSON.stringify({ port: instance.port })}\n`);
}

function admit(request: IncomingMessage, token: string): void {
  const host = (request.headers.host ?? "").replace(/:\d+$/, "");
  if (!["127.0.0.1", "localhost", "[::1]"].includes(host))
    throw new ControlRefusal(403, "this Host is not the sandbox's");
  if (request.headers.origin !== undefined) throw new ControlRefusal(403, "web pages may not control the sandbox");
  if (!sameText(request.headers.authorization ?? "", `Bearer ${token}`))
    throw new ControlRefusal(401, "the control token is missing or wrong");
}

/** Compares without telling by time how much is equal. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new ControlRefusal(413, "the body is too large");
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    throw new ControlRefusal(400, "the body is not JSON");
  }
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const [status, message] = error instanceof ControlRefusal ? [error.status, error.message] : [500, String(error)];
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", connection: "close" }).end(`${message}\n`);
}
