import type { Duplex } from "node:stream";
import { Refusal, violation } from "./refusal";
import type { ScramKeys } from "./scram/scram-keys";
import { ScramServer } from "./scram/scram-server";
import { parseSaslInitialResponse } from "./wire/client-messages";
import { parameter, type StartupPacket, type StartupParameter } from "./wire/first-packet";
import type { MessageReader } from "./wire/message-reader";
import { ASK_SCRAM, AUTHENTICATION, authentication, MECHANISM, negotiateProtocolVersion } from "./wire/server-messages";

/** How a client proves that it may use this port. */
export interface LocalLogin {
  /** Undefined: the socket's folder has let it in. */
  readonly scram: { readonly keys: ScramKeys; readonly nonce: () => string } | undefined;
  /** The login role that every connection becomes. */
  readonly user: string;
}

/** A client that may go on, and what it asked for. */
export interface LoggedIn {
  /** Minor version that is spoken: 0 or 2. */
  readonly minor: 0 | 2;
  readonly parameters: readonly StartupParameter[];
}

/** PG_MAX_SASL_MESSAGE_LENGTH of PostgreSQL, bytes. */
const LONGEST_SASL = 1024;

/**
 * Logs a client in with the local secret, up to AuthenticationSASLFinal; AuthenticationOk waits for the database. Which user was
 * named is looked at only then, so that whoever does not know the secret learns nothing.
 *
 * @throws Refusal 28P01 wrong secret, 28000 another user, 08P01; StreamEnded
 */
export async function logInClient(
  client: Duplex,
  reader: MessageReader,
  startup: StartupPacket,
  login: LocalLogin,
): Promise<LoggedIn> {
  const negotiated = negotiate(startup);
  if (negotiated.answer) client.write(negotiated.answer);
  const user = parameter(startup, "user") ?? "";
  if (user === "") throw new Refusal("28000", "no PostgreSQL user name specified in startup packet");
  if (login.scram) await proveSecret(client, reader, user, new ScramServer(login.scram.keys, login.scram.nonce()));
  if (user !== login.user) {
    throw new Refusal("28000", `this port logs in as "${login.user}"; it was asked for "${user}"`, {
      hint: `Set the user to ${login.user}, or leave PGUSER as Sallyport sets it.`,
    });
  }
  return negotiated;
}

/** Options of the protocol itself begin so; a server answers which of them it does not know. */
const PROTOCOL_OPTION = "_pq_.";

/**
 * Chooses the minor version: 3.2 is spoken since it differs from 3.0 only in the length of cancel keys, and a server's short key is a
 * good key of 3.2. No protocol option is known.
 *
 * @example 3.0 → no answer · 3.2 → no answer · 3.9 or 3.0 with `_pq_.x` → NegotiateProtocolVersion
 */
export function negotiate({ minor: asked, parameters }: StartupPacket): LoggedIn & { readonly answer?: Buffer } {
  const minor = asked >= 2 ? 2 : 0;
  const unknown = parameters.map(({ name }) => name).filter((name) => name.startsWith(PROTOCOL_OPTION));
  const known = parameters.filter(({ name }) => !name.startsWith(PROTOCOL_OPTION));
  if (minor === asked && unknown.length === 0) return { minor, parameters: known };
  return { minor, parameters: known, answer: negotiateProtocolVersion(minor, unknown) };
}

async function proveSecret(client: Duplex, reader: MessageReader, user: string, scram: ScramServer): Promise<void> {
  client.write(ASK_SCRAM);
  const initial = parseSaslInitialResponse(await saslResponse(reader));
  if (initial.mechanism !== MECHANISM) throw violation("client selected an invalid SASL authentication mechanism");
  if (initial.data === undefined) client.write(authentication(AUTHENTICATION.saslContinue));
  const first = initial.data ?? (await saslResponse(reader));
  client.write(authentication(AUTHENTICATION.saslContinue, Buffer.from(scram.first(first.toString("utf8")))));
  const signature = scram.final((await saslResponse(reader)).toString("utf8"));
  if (signature === undefined) {
    throw new Refusal("28P01", `password authentication failed for user "${user}"`, {
      detail: "This port asks for Sallyport's local secret, not for a database password.",
      hint: "Sallyport sets PGPASSWORD for what it starts, and says where the local secret lies when a proxy starts.",
    });
  }
  client.write(authentication(AUTHENTICATION.saslFinal, Buffer.from(signature)));
}

async function saslResponse(reader: MessageReader): Promise<Buffer> {
  const { type, body } = await reader.message(LONGEST_SASL);
  if (type !== "p") throw violation("expected SASL response, got another message");
  return body;
}
