/** A refusal as PostgreSQL words it. */
export interface Refusal {
  readonly sqlState: string;
  readonly message: string;
}

/** What RDS says without TLS where `rds.force_ssl` is on. */
export function noEncryption(address: string, user: string, database: string): Refusal {
  return {
    sqlState: "28000",
    message: `no pg_hba.conf entry for host "${address}", user "${user}", database "${database}", no encryption`,
  };
}

/** What RDS says to every refused IAM login; the reason stands in `iam-db-auth-error` alone. */
export function pamFailed(user: string): Refusal {
  return { sqlState: "28000", message: `PAM authentication failed for user "${user}"` };
}

/** PostgreSQL's word for packets that are none. */
export function protocolViolation(message: string): Refusal {
  return { sqlState: "08P01", message };
}

/** ErrorResponse with severity FATAL. */
export function fatal({ sqlState, message }: Refusal): Buffer {
  const fields = ["SFATAL", "VFATAL", `C${sqlState}`, `M${message}`, ""].map((field) => `${field}\0`).join("");
  return framed("E", Buffer.from(fields, "utf8"));
}

/** AuthenticationCleartextPassword: how PAM asks for the token. Bytes 52 00 00 00 08 00 00 00 03. */
export const ASK_PASSWORD = framed("R", Buffer.from([0, 0, 0, 3]));

function framed(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 0, "latin1");
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** Longest PasswordMessage that PostgreSQL takes, bytes. */
export const LONGEST_PASSWORD = 65_535;

/** Text of a whole PasswordMessage (`p`, length, text, NUL); undefined if it is something else. */
export function passwordOf(message: Buffer): string | undefined {
  if (message[0] !== 0x70 || message.length < 6 || message[message.length - 1] !== 0) return undefined;
  return message.toString("utf8", 5, message.length - 1);
}
