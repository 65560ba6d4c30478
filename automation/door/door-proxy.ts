import type { Clock } from "../core/clock";
import { openProxy } from "../proxy/open-proxy";
import type { ListenAt, Proxy, ProxyEvent } from "../proxy/proxy-contract";
import type { Door } from "./open-door";

/** A local port (or socket) that leads through a door as one login. */
export interface DoorProxyRequest {
  readonly door: Pick<Door, "openSecureStream" | "password">;
  /** The login role of every connection. */
  readonly user: string;
  /** Database of a client that names none. */
  readonly database: string;
  readonly listen: ListenAt;
  /** Undefined only for a socket in a private folder. */
  readonly secret: string | undefined;
  /** What the database sees beside the client's own `application_name`: for its log. */
  readonly applicationName?: string;
  readonly maxConnections?: number;
  readonly loginTimeoutMs?: number;
  readonly clock: Clock;
  readonly randomBytes: (size: number) => Buffer;
  readonly report: (event: ProxyEvent) => void;
}

/** Opens a proxy whose connections go through the door: verified TLS and a fresh token for each. Errors: those of `openProxy`. */
export function openDoorProxy({ door, user, database, applicationName, ...rest }: DoorProxyRequest): Promise<Proxy> {
  return openProxy({
    ...rest,
    upstream: {
      user,
      database,
      ...(applicationName === undefined ? {} : { applicationName }),
      openStream: (signal) => door.openSecureStream(signal),
      password: () => door.password(user),
    },
  });
}
