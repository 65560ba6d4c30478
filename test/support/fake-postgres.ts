import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";
import type { MadeCertificate } from "./made-certificates";

/** How the stand-in behaves: one word per broken server. */
export type ServerManner = "good" | "silent" | "noTls" | "hangsUp" | "eager" | "silentAfterS";

/** What it answers to SQL, by the text of the statement; each value is a raw series of messages. */
export type Answers = Readonly<Record<string, Buffer>>;

export interface FakePostgres {
  readonly port: number;
  /** Startup parameters and passwords of the logins that got through TLS. */
  readonly logins: { readonly parameters: Record<string, string>; readonly password: string }[];
  /** A fresh stream to it. */
  stream(): Promise<Duplex>;
  close(): Promise<void>;
}

/** A message of the backend: type, length, body (PostgreSQL documentation, "Message Formats"). */
export function message(type: string, body: Buffer | string = ""): Buffer {
  const bytes = Buffer.from(body);
  const head = Buffer.alloc(5);
  head.write(type, "latin1");
  head.writeUInt32BE(bytes.length + 4, 1);
  return Buffer.concat([head, bytes]);
}

/** An ErrorResponse. */
export function errorMessage(severity: string, code: string, text: string): Buffer {
  return message("E", `S${severity}\0V${severity}\0C${code}\0M${text}\0\0`);
}

const READY = message("Z", "I");

/** A one-row answer; every column of one type (oid under 256), 25 is text. */
export function rowAnswer(values: Readonly<Record<string, string | null>>, oid = 25): Buffer {
  const count = Buffer.from([0, Object.keys(values).length]);
  const fields = Object.keys(values).map((name) =>
    Buffer.concat([
      Buffer.from(`${name}\0`),
      Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, oid, 255, 255, 255, 255, 255, 255, 0, 0]),
    ]),
  );
  const cells = Object.values(values).map((value) => {
    const size = Buffer.alloc(4);
    size.writeInt32BE(value === null ? -1 : Buffer.byteLength(value));
    return Buffer.concat([size, Buffer.from(value ?? "")]);
  });
  return Buffer.concat([
    message("T", Buffer.concat([count, ...fields])),
    message("D", Buffer.concat([count, ...cells])),
    message("C", "SELECT 1\0"),
  ]);
}

/**
 * A loopback stand-in for a database endpoint: TLS with the given certificate, a cleartext password as RDS asks for with IAM,
 * fixed answers. `refusal` is sent instead of a login.
 */
export async function fakePostgres(
  certificate: MadeCertificate,
  options: { manner?: ServerManner; refusal?: Buffer; answers?: Answers } = {},
): Promise<FakePostgres> {
  const logins: FakePostgres["logins"] = [];
  const sockets = new Set<Socket>();
  const manner = options.manner ?? "good";
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => undefined).on("close", () => sockets.delete(socket)));
    socket.once("data", () => {
      if (manner === "silent") return;
      if (manner === "hangsUp") return void socket.destroy();
      if (manner === "noTls") return void socket.write("N");
      if (manner === "eager") return void socket.write("Sinjected");
      socket.write("S");
      if (manner === "silentAfterS") return;
      const secure = new TLSSocket(socket, { isServer: true, cert: certificate.cert, key: certificate.key });
      secure.on("error", () => undefined);
      serve(secure, logins, options.refusal, options.answers ?? {});
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    logins,
    stream: async () => {
      const socket = connect({ host: "127.0.0.1", port });
      await once(socket, "connect");
      return socket;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function serve(socket: TLSSocket, logins: FakePostgres["logins"], refusal: Buffer | undefined, answers: Answers): void {
  let buffered = Buffer.alloc(0);
  let parameters: Record<string, string> | undefined;
  socket.on("data", (chunk: Buffer) => {
    buffered = Buffer.concat([buffered, chunk]);
    for (;;) {
      const offset = parameters ? 1 : 0;
      if (buffered.length < offset + 4) return;
      const size = buffered.readUInt32BE(offset) + offset;
      if (buffered.length < size) return;
      const [type, body] = [buffered.subarray(0, offset).toString("latin1"), buffered.subarray(offset + 4, size)];
      buffered = buffered.subarray(size);
      if (!parameters) {
        const words = body.subarray(4).toString("utf8").split("\0");
        parameters = Object.fromEntries(
          words.flatMap((word, at) => (at % 2 === 0 && word !== "" ? [[word, words[at + 1] ?? ""]] : [])),
        );
        socket.write(message("R", Buffer.from([0, 0, 0, 3])));
      } else if (type === "p") {
        logins.push({ parameters, password: body.subarray(0, -1).toString("utf8") });
        if (refusal) return void socket.end(refusal);
        socket.write(Buffer.concat([message("R", Buffer.from([0, 0, 0, 0])), READY]));
      } else if (type === "Q") {
        const answer = answers[body.subarray(0, -1).toString("utf8")];
        socket.write(Buffer.concat([answer ?? errorMessage("ERROR", "42601", "syntax error"), READY]));
      } else if (type === "X") {
        return void socket.end();
      }
    }
  });
}
