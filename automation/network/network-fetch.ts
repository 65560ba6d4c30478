import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { networkAgents, type AgentTools } from "./network-agents";
import type { NetworkSettings } from "./network-settings";

/** The part of `fetch` that downloads need. */
export type Fetch = (url: string, options: { readonly signal?: AbortSignal }) => Promise<Response>;

const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const IDLE_MS = 30_000;

/**
 * A GET by the network's proxy and authorities: Node's own `fetch` knows neither. Redirects are followed, never from https: to http:.
 * As with `fetch`, a failure is a TypeError whose cause says why.
 */
export function networkFetch(settings: NetworkSettings, tools: AgentTools): Fetch {
  const agents = networkAgents(settings, tools);
  return async (url, { signal }) => {
    let at = new URL(url);
    try {
      for (let turn = 0; turn <= MAX_REDIRECTS; turn++) {
        const answer = await get(at, at.protocol === "http:" ? agents.http : agents.https, signal);
        const next = REDIRECTS.has(answer.statusCode ?? 0) ? answer.headers.location : undefined;
        if (next === undefined) return response(answer);
        answer.resume();
        const from = at;
        at = new URL(next, from);
        if (from.protocol === "https:" && at.protocol !== "https:")
          throw new Error(`${from.host} leads on to ${at.protocol}//${at.host}, which is not secure`);
      }
      throw new Error(`more than ${MAX_REDIRECTS} redirects`);
    } catch (cause) {
      signal?.throwIfAborted();
      throw new TypeError("fetch failed", { cause });
    }
  };
}

function get(url: URL, agent: http.Agent, signal: AbortSignal | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = { agent, timeout: IDLE_MS, ...(signal ? { signal } : {}) };
    const sent = (url.protocol === "http:" ? http : https).get(url, options, resolve);
    sent.on("timeout", () => sent.destroy(new Error(`nothing came for ${IDLE_MS / 1000} s`)));
    sent.on("error", reject);
  });
}

function response(answer: IncomingMessage): Response {
  const status = answer.statusCode ?? 0;
  if (status !== 200) answer.resume();
  const body = status === 200 ? (Readable.toWeb(answer) as ReadableStream<Uint8Array>) : null;
  return new Response(body, { status });
}
