import { Refusal, violation } from "../refusal";

/** A client's first message (RFC 5802, section 7). */
export interface ClientFirst {
  /** What the last message must repeat, e.g. `n,,`. */
  readonly gs2Header: string;
  /** The part that is signed: `n=…,r=…`. */
  readonly bare: string;
  readonly nonce: string;
}

/** A client's last message. */
export interface ClientFinal {
  readonly channelBinding: Buffer;
  readonly nonce: string;
  readonly proof: Buffer;
  /** The part that is signed: all but `,p=…`. */
  readonly withoutProof: string;
}

/**
 * Parses `n,,n=,r=<nonce>`. The name in it is ignored, as PostgreSQL does: the startup message has said it.
 *
 * `y` (the client could bind the channel but believes that the server cannot) is accepted: no binding was offered. `p=` is refused.
 *
 * @throws Refusal 08P01 if malformed, 0A000 for what is not supported
 */
export function parseClientFirst(text: string): ClientFirst {
  const found = /^(n|y|p=[^,]*),(a=[^,]*)?,(.*)$/s.exec(text);
  if (!found) throw malformed("The message does not begin with a channel binding flag.");
  const [, flag = "", identity, bare = ""] = found;
  if (flag.startsWith("p"))
    throw malformed("The client binds the channel, but SCRAM-SHA-256 without binding was chosen.");
  if (identity !== undefined) throw new Refusal("0A000", "client uses authorization identity, but it is not supported");
  if (bare.startsWith("m=")) throw new Refusal("0A000", "client requires an unsupported SCRAM extension");
  const nonce = /^n=[^,]*,r=([!-+\--~]{1,256})(,[A-Za-z]=[^,]*)*$/.exec(bare)?.[1];
  if (nonce === undefined) throw malformed("Name or nonce is missing or not printable.");
  return { gs2Header: `${flag},,`, bare, nonce };
}

/**
 * Parses `c=biws,r=<nonce>,p=<proof>`.
 *
 * @throws Refusal 08P01
 */
export function parseClientFinal(text: string): ClientFinal {
  const found = /^(c=([A-Za-z0-9+/=]*),r=([!-+\--~]+)(?:,[A-Za-z]=[^,]*)*),p=([A-Za-z0-9+/]{43}=)$/.exec(text);
  if (!found) throw malformed("The last message is not c=…,r=…,p=….");
  const [, withoutProof = "", binding = "", nonce = "", proof = ""] = found;
  return {
    channelBinding: Buffer.from(binding, "base64"),
    nonce,
    proof: Buffer.from(proof, "base64"),
    withoutProof,
  };
}

/** PostgreSQL's word for any SCRAM message that is none. */
export function malformed(detail: string): Refusal {
  return violation("malformed SCRAM message", detail);
}
