import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Estate } from "../account/estate";
import { uuid } from "../account/ids";
import { verifyRequest, type Verified } from "../sigv4/verify-request";
import { ApiError, type JsonService, type Operation, type QueryService } from "./operation";
import type { UnsignedRoute } from "./unsigned-route";
import { answerJson, answerPlain, answerXml, asApiError, refuseJson, refuseXml, type AnswerHead } from "./wire/answers";
import { parseQueryForm } from "./wire/xml";

/** What the port answers. */
export interface ApiParts {
  readonly estate: Estate;
  readonly json: readonly JsonService[];
  readonly query: readonly QueryService[];
  readonly routes: readonly UnsignedRoute[];
  /** Asked first; true = it has answered. */
  readonly control: (request: IncomingMessage, response: ServerResponse) => boolean;
}

const BODY_LIMIT = 1024 * 1024;
const LOCAL_HOSTS = ["127.0.0.1", "localhost", "[::1]"];

/**
 * Adds the simulated account's APIs to a loopback server, in AWS's own wire form: JSON 1.1 by `x-amz-target`, the query protocol by
 * `Action` and the credential scope's service, the portal and the sign-in by path. Every call but the last two is SigV4-verified; the
 * operations authorise. What is not simulated is refused loudly.
 */
export function addApis(server: Server, parts: ApiParts): void {
  server.on("request", (request, response) => {
    if (parts.control(request, response)) return;
    const about: AnswerHead = { requestId: uuid(parts.estate.randomBytes), now: parts.estate.clocks.wall() };
    answer(request, response, about, parts).catch((thrown: unknown) => {
      if (response.headersSent) return void response.destroy();
      // Perhaps the body was not read to its end: the connection is of no more use.
      response.setHeader("connection", "close");
      refuseJson(response, about, asApiError(thrown));
    });
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  about: AnswerHead,
  parts: ApiParts,
): Promise<void> {
  const host = (request.headers.host ?? "").replace(/:\d+$/, "");
  if (!LOCAL_HOSTS.includes(host)) throw new ApiError("InvalidHost", "this Host is not the sandbox's", 403);
  const body = await readBody(request);
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const headers = flatHeaders(request);
  const route = parts.routes.find((each) => each.method === request.method && each.path === url.pathname);
  if (route) {
    const { status, json, errorType } = route.handle({ url, headers, body: parseJson(body) });
    return answerPlain(response, about, status, json, errorType);
  }
  const { estate } = parts;
  const options = { lookup: (id: string) => estate.keys.get(id), now: about.now };
  const verified = verifyRequest({ method: request.method ?? "GET", url: request.url ?? "/", headers, body }, options);
  const target = headers["x-amz-target"];
  return target === undefined
    ? answerQuery(body.toString("utf8"), headers, verified, response, about, parts)
    : answerTarget(target, body, verified, response, about, parts);
}

async function answerTarget(
  target: string,
  body: Buffer,
  verified: Verified,
  response: ServerResponse,
  about: AnswerHead,
  { estate, json }: ApiParts,
): Promise<void> {
  try {
    const [prefix = "", operation = ""] = target.split(".");
    const run = operationOf(
      json.find((service) => service.prefix === prefix),
      operation,
    );
    if (!verified.ok) throw new ApiError(JSON_CODES[verified.code] ?? verified.code, verified.message);
    if (!run) throw new ApiError("UnknownOperationException", `the sandbox does not simulate ${target}`);
    const { principal } = verified.key;
    answerJson(
      response,
      about,
      await run({ estate, principal, account: principal.account, region: verified.region, input: parseJson(body) }),
    );
  } catch (thrown) {
    refuseJson(response, about, asApiError(thrown));
  }
}

/** A service's own operation: an inherited name, e.g. `constructor`, would be a function that nothing authorises. */
function operationOf(service: JsonService | QueryService | undefined, name: string): Operation | undefined {
  return service && Object.hasOwn(service.operations, name) ? service.operations[name] : undefined;
}

/** JSON services have their own names for what is wrong with a signature. */
const JSON_CODES: Readonly<Record<string, string>> = {
  InvalidClientTokenId: "UnrecognizedClientException",
  SignatureDoesNotMatch: "InvalidSignatureException",
  ExpiredToken: "ExpiredTokenException",
  MissingAuthenticationToken: "MissingAuthenticationTokenException",
};

async function answerQuery(
  text: string,
  headers: Readonly<Record<string, string | undefined>>,
  verified: Verified,
  response: ServerResponse,
  about: AnswerHead,
  { estate, query }: ApiParts,
): Promise<void> {
  const scope = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? "")?.[1];
  const service = query.find((each) => each.service === scope);
  const namespace = service?.namespace ?? "https://sts.amazonaws.com/doc/2011-06-15/";
  try {
    const { Action: action, Version: _version, ...input } = parseQueryForm(text);
    if (!verified.ok) throw new ApiError(verified.code, verified.message, verified.status);
    const run = typeof action === "string" ? operationOf(service, action) : undefined;
    if (!run || typeof action !== "string")
      throw new ApiError(
        "InvalidAction",
        `the sandbox does not simulate ${scope ?? "an unsigned service"}:${typeof action === "string" ? action : "nothing"}`,
      );
    const { principal } = verified.key;
    answerXml(
      response,
      about,
      action,
      namespace,
      await run({ estate, principal, account: principal.account, region: verified.region, input }),
    );
  } catch (thrown) {
    refuseXml(response, about, asApiError(thrown), namespace);
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new ApiError("RequestEntityTooLarge", "the body is too large", 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function flatHeaders(request: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(",") : value]),
  );
}

function parseJson(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below: whatever it is, it is no object.
  }
  throw new ApiError("SerializationException", "the body is no JSON object");
}
