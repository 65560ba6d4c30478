import { timingSafeEqual } from "node:crypto";
import { hmac, sha256, type ScramKeys } from "./scram-keys";
import { malformed, parseClientFinal, parseClientFirst, type ClientFirst } from "./scram-messages";

/**
 * The server's side of one SCRAM-SHA-256 exchange (RFC 5802 and 7677): `first`, then `final`, each once. Pure: no input or output.
 *
 * @example
 * const scram = new ScramServer(keys, nonce);
 * send(scram.first("n,,n=,r=abc"));  // r=abc<nonce>,s=<salt>,i=4096
 * const signature = scram.final("c=biws,r=abc<nonce>,p=<proof>");  // v=<signature>, or undefined for a wrong secret
 */
export class ScramServer {
  private clientFirst: ClientFirst | undefined;
  private serverFirst = "";

  /** @param nonce printable, without commas, fresh for each exchange */
  constructor(
    private readonly keys: ScramKeys,
    private readonly nonce: string,
  ) {}

  /** Answers the client's first message. @throws Refusal 08P01 or 0A000 */
  first(message: string): string {
    if (this.clientFirst) throw malformed("The first message came twice.");
    this.clientFirst = parseClientFirst(message);
    const { salt, iterations } = this.keys;
    this.serverFirst = `r=${this.clientFirst.nonce}${this.nonce},s=${salt.toString("base64")},i=${iterations}`;
    return this.serverFirst;
  }

  /** Answers the client's last message; undefined if the secret is wrong. @throws Refusal 08P01 */
  final(message: string): string | undefined {
    const first = this.clientFirst;
    if (!first) throw malformed("The last message came first.");
    const { channelBinding, nonce, proof, withoutProof } = parseClientFinal(message);
    if (nonce !== `${first.nonce}${this.nonce}`) throw malformed("The nonce is another one.");
    // Channel binding data that differ would mean that somebody changed the first message under way.
    if (!channelBinding.equals(Buffer.from(first.gs2Header))) throw malformed("Channel binding data differ.");
    const signed = `${first.bare},${this.serverFirst},${withoutProof}`;
    const clientSignature = hmac(this.keys.storedKey, signed);
    const clientKey = Buffer.from(proof.map((byte, at) => byte ^ (clientSignature[at] ?? 0)));
    if (!timingSafeEqual(sha256(clientKey), this.keys.storedKey)) return undefined;
    return `v=${hmac(this.keys.serverKey, signed).toString("base64")}`;
  }
}
