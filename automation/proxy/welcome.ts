import type { Duplex } from "node:stream";
import type net from "node:net";
import { TLSSocket, type SecureContext } from "node:tls";
import { violation } from "./refusal";
import type { FirstPacket } from "./wire/first-packet";
import { MessageReader } from "./wire/message-reader";

/** A client that said what it wants. */
export interface Welcomed {
  readonly stream: Duplex;
  readonly reader: MessageReader;
  readonly packet: Extract<FirstPacket, { kind: "startup" | "cancel" }>;
}

/** How TLS is answered. */
export interface Encryption {
  /** Local certificate; undefined on a unix socket, where PostgreSQL answers N too. */
  readonly context: (() => Promise<SecureContext>) | undefined;
  /** Told the encrypted stream as soon as it stands for the client. */
  readonly upgraded: (stream: Duplex) => void;
}

/**
 * Answers requests for encryption until the client starts a session or asks for a cancellation: GSS never, TLS if it can be.
 *
 * @throws Refusal 08P01 (also for bytes before the handshake, CVE-2021-23222), 0A000; StreamEnded
 */
export async function welcome(socket: net.Socket, encryption: Encryption): Promise<Welcomed> {
  let stream: Duplex = socket;
  let reader = new MessageReader(stream);
  const asked = new Set<string>();
  for (;;) {
    const packet = await reader.firstPacket();
    if (packet.kind === "startup" || packet.kind === "cancel") return { stream, reader, packet };
    if (asked.has(packet.kind) || stream !== socket) throw violation("encryption was asked for twice");
    asked.add(packet.kind);
    const context = packet.kind === "tls" ? await encryption.context?.() : undefined;
    if (reader.waiting > 0)
      throw violation(
        "received unencrypted data after encryption request",
        "Somebody may have put bytes before the encrypted ones, or the client is faulty.",
      );
    if (context === undefined) {
      stream.write("N");
      continue;
    }
    reader.release();
    socket.write("S");
    const secure = new TLSSocket(socket, { isServer: true, secureContext: context });
    secure.on("error", () => socket.destroy());
    encryption.upgraded(secure);
    stream = secure;
    reader = new MessageReader(secure);
  }
}
