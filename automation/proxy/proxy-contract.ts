import type { Duplex } from "node:stream";
import type { Clock } from "../core/clock";

/** Where a proxy listens. Loopback or a socket in a private folder; there is no third. */
export type ListenAt =
  | { readonly kind: "tcp"; readonly host: "127.0.0.1" | "::1"; /** 0: any free port. */ readonly port: number }
  /** `folder` is of mode 0700; the file becomes `<folder>/.s.PGSQL.<port>`, as libpq looks for it. */
  | { readonly kind: "socket"; readonly folder: string; readonly port: number };

/** How the proxy reaches the database, for one connection each. */
export interface ProxyUpstream {
  /** A fresh stream, TLS verified (verify-full), on which a startup message may be sent. Rejects with a SallyportError. */
  openStream(signal: AbortSignal): Promise<Duplex>;
  /** The login role that every connection becomes; a client that names another one is refused. */
  readonly user: string;
  /** Database of a client that names none. */
  readonly database: string;
  /** A password for one login: an IAM token, fresh each time. */
  password(): Promise<string>;
  /** Added to the client's own as `application_name (suffix)`; left out: untouched. */
  readonly applicationName?: string;
}

/** What a proxy tells its owner; never a secret, never what passes through. */
export type ProxyEvent =
  | {
      readonly type: "proxy.connection.opened";
      readonly connection: number;
      readonly database: string;
      readonly client: string;
    }
  | {
      readonly type: "proxy.connection.closed";
      readonly connection: number;
      readonly ms: number;
      readonly up: number;
      readonly down: number;
    }
  | {
      readonly type: "proxy.connection.refused";
      readonly connection: number;
      readonly code: string;
      readonly text: string;
    }
  | { readonly type: "proxy.query.cancelled"; readonly connection: number };

/** What opening a proxy needs. */
export interface OpenProxyRequest {
  readonly listen: ListenAt;
  readonly upstream: ProxyUpstream;
  /** Local secret, checked with SCRAM-SHA-256; undefined only for a socket (its folder is the secret). */
  readonly secret: string | undefined;
  /** More connections at once than this wait for nothing: they are refused with 53300. Default 100. */
  readonly maxConnections?: number;
  /** A client has this long to say who it is, and the database to answer, milliseconds. Default 15,000 */
  readonly loginTimeoutMs?: number;
  readonly clock: Clock;
  readonly randomBytes: (size: number) => Buffer;
  readonly report: (event: ProxyEvent) => void;
}

/** A proxy that listens. */
export interface Proxy {
  /** `127.0.0.1`, `::1` or the socket's folder: what goes into PGHOST. */
  readonly host: string;
  readonly port: number;
  /** Connections that are open now. */
  readonly connections: number;
  /**
   * Stops listening; lets running connections end for `graceMs` (default 0). Then a client that still logs in is told 57P01, and a
   * session is cut: it may be in the middle of a message, where nothing can be said.
   */
  close(graceMs?: number): Promise<void>;
}
