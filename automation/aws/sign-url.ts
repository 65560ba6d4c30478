import { Hash } from "@smithy/hash-node";
import { SignatureV4 } from "@smithy/signature-v4";
import type { Clock } from "../core/clock";
import { currentCredentials, type CredentialSource } from "./options";

/** Signs the GET of a URL; answers the headers to send with it. */
export type UrlSigner = (url: string) => Promise<Record<string, string>>;

const PRESIGNED = /[?&]X-Amz-(Algorithm|Credential|Date|Expires|SignedHeaders|Signature|Security-Token)=/i;

/**
 * A SigV4 header signer for URLs that are no SDK call: the data channel's WebSocket upgrade (session-manager-plugin from
 * 1.2.764 signs it as service `ssmmessages`, empty body). A URL that is presigned already gets no header.
 * The path and query are signed as they stand, never rebuilt.
 */
export function makeUrlSigner(options: {
  readonly region: string;
  readonly service: string;
  readonly credentials: CredentialSource;
  readonly clock: Clock;
}): UrlSigner {
  return async (url) => {
    if (PRESIGNED.test(url)) return {};
    const parsed = new URL(url);
    const signer = new SignatureV4({
      service: options.service,
      region: options.region,
      credentials: { ...(await currentCredentials(options.credentials)) },
      sha256: Hash.bind(null, "sha256"),
    });
    const request = {
      method: "GET",
      protocol: parsed.protocol === "ws:" || parsed.protocol === "http:" ? "http:" : "https:",
      hostname: parsed.hostname,
      ...(parsed.port === "" ? {} : { port: Number(parsed.port) }),
      path: parsed.pathname,
      query: queryOf(parsed),
      headers: { host: parsed.host },
    };
    const signed = await signer.sign(request, { signingDate: new Date(options.clock.now()) });
    // `host` is part of the signature; the WebSocket client writes the same one itself.
    return Object.fromEntries(Object.entries(signed.headers).filter(([name]) => name !== "host"));
  };
}

/** A query may name a key more than once. */
function queryOf(url: URL): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  for (const key of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(key);
    query[key] = values.length === 1 ? (values[0] ?? "") : values;
  }
  return query;
}
