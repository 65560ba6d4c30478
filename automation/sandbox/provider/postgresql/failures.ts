import { DatabaseError } from "pg";

/** PostgreSQL's words as the provider's driver gives them. */
export function pqText(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return error instanceof DatabaseError ? `pq: ${text}` : text;
}

/**
 * Why a connection could not be made, in the words of the provider's driver and of Go's net package.
 *
 * @param remote `host:port`
 * @param local own address of the connection; "" if there was none
 * @example connectFailure(refused, "127.0.0.1:1", "") // "dial tcp 127.0.0.1:1: connect: connection refused"
 */
export function connectFailure(error: unknown, remote: string, local: string): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ECONNREFUSED") return `dial tcp ${remote}: connect: connection refused`;
  if (code === "ENOTFOUND") return `dial tcp: lookup ${remote.replace(/:\d+$/, "")}: no such host`;
  const text = error instanceof Error ? error.message : "";
  if (error instanceof DatabaseError) return pqText(error);
  if (/timeout/i.test(text))
    return local === "" ? `dial tcp ${remote}: i/o timeout` : `read tcp ${local}->${remote}: i/o timeout`;
  if (/terminated unexpectedly/.test(text)) return "EOF";
  return pqText(error);
}
