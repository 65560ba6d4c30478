import type { Duplex } from "node:stream";
import { violation } from "./refusal";
import { passwordMessage, startupMessage } from "./wire/client-messages";
import type { StartupParameter } from "./wire/first-packet";
import type { Message, MessageReader } from "./wire/message-reader";
import { AUTHENTICATION, errorFields } from "./wire/server-messages";

/** Longest message that is taken from a database before it is ready, bytes: a login trigger's notice may be long. */
const LONGEST_MESSAGE = 262_144;
/** As much in all is held for a client until the database is ready, bytes. */
const LONGEST_GREETING = 1_048_576;

/** The database said no; its ErrorResponse goes to the client as it is. */
export class UpstreamRefused extends Error {
  override readonly name = "UpstreamRefused";
  readonly code: string;

  constructor(readonly raw: Buffer) {
    const { sqlState, message } = errorFields(raw.subarray(5));
    super(message);
    this.code = sqlState;
  }
}

/** What a login at the database needs. */
export interface UpstreamLogin {
  readonly minor: 0 | 2;
  readonly parameters: readonly StartupParameter[];
  password(): Promise<string>;
}

/**
 * Logs in at the database, up to and with its AuthenticationOk. Only what RDS's PAM asks for is answered: a cleartext password, and
 * that once. Notices before AuthenticationOk are dropped: libpq takes none there.
 *
 * @throws UpstreamRefused, Refusal 08P01 for any other method, StreamEnded, whatever `password` throws
 */
export async function logInUpstream(upstream: Duplex, reader: MessageReader, login: UpstreamLogin): Promise<void> {
  upstream.write(startupMessage(login.minor, login.parameters));
  for (let asked = false; ;) {
    const message = await next(reader);
    // 3.2 was asked for and 3.0 is what it can: its short cancel key is a good key of 3.2, so the client need not know.
    if (message.type === "v" || message.type === "N") continue;
    const kind = message.type === "R" && message.body.length >= 4 ? message.body.readUInt32BE(0) : undefined;
    if (kind === AUTHENTICATION.ok) return;
    if (kind !== AUTHENTICATION.cleartext || asked) {
      const seen = kind === undefined ? `message ${JSON.stringify(message.type)}` : `authentication request ${kind}`;
      throw violation(`the database sent ${seen}; expected a cleartext password request over verified TLS`);
    }
    asked = true;
    upstream.write(passwordMessage(await login.password()));
  }
}

/**
 * Reads on until the database is ready for a query, hands every message to `pass`, and the cancel key to `remember` before that.
 *
 * @throws UpstreamRefused (a database that does not exist), Refusal 08P01, StreamEnded
 */
export async function awaitReady(
  reader: MessageReader,
  remember: (key: Buffer) => void,
  pass: (raw: Buffer) => void,
): Promise<void> {
  for (let length = 0; ;) {
    const { type, body, raw } = await next(reader);
    length += raw.length;
    if (length > LONGEST_GREETING)
      throw violation(`the database sent more than ${LONGEST_GREETING} bytes before it was ready`);
    if (type === "K") remember(body);
    pass(raw);
    if (type === "Z") return;
  }
}

async function next(reader: MessageReader): Promise<Message> {
  const message = await reader.message(LONGEST_MESSAGE);
  if (message.type === "E") throw new UpstreamRefused(message.raw);
  return message;
}
