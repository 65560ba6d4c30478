/** The hidden superuser, as on RDS. */
export const SUPERUSER = "rdsadmin";

/**
 * Host-based authentication behind the endpoint: the socket lies in a 0700 folder and is used only after a token was accepted;
 * password logins come over loopback and are judged by PostgreSQL's own SCRAM.
 */
export const HBA = ["local all all trust", "host all all 127.0.0.1/32 scram-sha-256", ""].join("\n");

/** Longest path of a unix socket that all platforms take, in bytes (sun_path is 104 on macOS, 108 on Linux, with the final NUL). */
export const SOCKET_PATH_LIMIT = process.platform === "darwin" ? 103 : 107;

/** The socket's path in a folder, as PostgreSQL names it. */
export function socketPath(folder: string, port: number): string {
  return `${folder}/.s.PGSQL.${port}`;
}

/** Arguments of initdb. Nothing is worth an fsync in a sandbox. */
export function initdbArguments(dataFolder: string): string[] {
  return [
    "-D",
    dataFolder,
    "-U",
    SUPERUSER,
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--no-sync",
    "--no-instructions",
  ];
}

/**
 * Arguments of postgres: loopback only, small, quick, and with RDS's view of itself (`rds.force_ssl` is 1; the endpoint enforces it).
 */
export function serverArguments(dataFolder: string, socketFolder: string, port: number): string[] {
  const settings: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: socketFolder,
    unix_socket_permissions: "0700",
    password_encryption: "scram-sha-256",
    "rds.force_ssl": "1",
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
    shared_buffers: "16MB",
    max_connections: "100",
    max_wal_size: "256MB",
    timezone: "UTC",
    log_timezone: "UTC",
    log_connections: "on",
    log_disconnections: "on",
    log_line_prefix: "%t:%r:%u@%d:[%p]:",
  };
  return ["-D", dataFolder, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}
