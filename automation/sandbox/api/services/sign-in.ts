import type { DirectoryUser, Estate } from "../../account/estate";
import { alphanumeric } from "../../account/ids";

/** An access token of the portal. */
export interface PortalSession {
  readonly userId: string;
  /** The approval that it comes from; every token renewed from it has the same. */
  readonly signInId: string;
  /** Wall time, milliseconds. */
  readonly expiresAt: number;
}

/** A refresh token; good for one use by the client that has it. */
interface Refresh {
  readonly userId: string;
  readonly signInId: string;
  readonly clientId: string;
}

/** A device that waits for somebody to approve it. */
interface Device {
  readonly clientId: string;
  readonly deviceCode: string;
  readonly userCode: string;
  readonly expiresAt: number;
  lastAsked: number;
  userId: string | undefined;
}

/** What asking for a token answers. */
export type Granted =
  | { readonly accessToken: string; readonly refreshToken: string; readonly expiresIn: number }
  | { readonly error: "authorization_pending" | "slow_down" | "expired_token" | "invalid_grant" | "invalid_client" };

const HOUR_MS = 3_600_000;
const SESSION_MS = 8 * HOUR_MS;
const DEVICE_MS = 600_000;
const CLIENT_MS = 90 * 24 * HOUR_MS;
/** Seconds that a client should wait between two questions; asking sooner is answered with slow_down. */
export const INTERVAL_SECONDS = 1;

/** The sign-in service's memory: clients, devices, tokens. Everything ends by the wall clock. (RFC 8628.) */
export class SignIn {
  private readonly clients = new Map<string, { readonly secret: string; readonly expiresAt: number }>();
  private readonly devices = new Map<string, Device>();
  private readonly sessions = new Map<string, PortalSession>();
  private readonly refreshTokens = new Map<string, Refresh>();

  constructor(private readonly estate: Estate) {}

  register(): {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly issuedAt: number;
    readonly expiresAt: number;
  } {
    const [clientId, clientSecret] = [this.secret(22), this.secret(40)];
    const expiresAt = this.now() + CLIENT_MS;
    this.clients.set(clientId, { secret: clientSecret, expiresAt });
    return { clientId, clientSecret, issuedAt: this.now(), expiresAt };
  }

  startDevice(
    clientId: string,
    clientSecret: string,
  ): { readonly deviceCode: string; readonly userCode: string; readonly expiresIn: number } | undefined {
    if (!this.knows(clientId, clientSecret)) return undefined;
    const letters = alphanumeric(this.estate.randomBytes, 8).toUpperCase();
    const device: Device = {
      clientId,
      deviceCode: this.secret(40),
      userCode: `${letters.slice(0, 4)}-${letters.slice(4)}`,
      expiresAt: this.now() + DEVICE_MS,
      lastAsked: 0,
      userId: undefined,
    };
    this.devices.set(device.deviceCode, device);
    return { deviceCode: device.deviceCode, userCode: device.userCode, expiresIn: DEVICE_MS / 1000 };
  }

  /** A person says yes to a code. `unknown code` for codes that nobody waits for, or that somebody approved already. */
  approve(userCode: string, user: DirectoryUser): "approved" | "unknown code" {
    const device = [...this.devices.values()].find((each) => each.userCode === userCode && each.expiresAt > this.now());
    if (!device || device.userId !== undefined) return "unknown code";
    device.userId = user.userId;
    return "approved";
  }

  /** The device_code grant. A code is good for one token. */
  tokenOfDevice(clientId: string, clientSecret: string, deviceCode: string): Granted {
    if (!this.knows(clientId, clientSecret)) return { error: "invalid_client" };
    const device = this.devices.get(deviceCode);
    if (device?.clientId !== clientId) return { error: "invalid_grant" };
    if (device.expiresAt <= this.now()) return { error: "expired_token" };
    if (device.userId === undefined) {
      const early = this.now() - device.lastAsked < INTERVAL_SECONDS * 1000 * 0.5;
      device.lastAsked = this.now();
      return { error: early ? "slow_down" : "authorization_pending" };
    }
    this.devices.delete(deviceCode);
    return this.grant({ userId: device.userId, clientId, signInId: this.secret(16) });
  }

  /** The refresh_token grant: the old token is spent. */
  tokenOfRefresh(clientId: string, clientSecret: string, refreshToken: string): Granted {
    if (!this.knows(clientId, clientSecret)) return { error: "invalid_client" };
    const known = this.refreshTokens.get(refreshToken);
    if (known?.clientId !== clientId) return { error: "invalid_grant" };
    this.refreshTokens.delete(refreshToken);
    return this.grant(known);
  }

  /** Who a bearer token is; undefined for unknown and ended ones, and for people who left the directory. */
  personOf(accessToken: string | undefined): DirectoryUser | undefined {
    const session = this.sessions.get(accessToken ?? "");
    if (!session || session.expiresAt <= this.now()) return undefined;
    return this.estate.directory.users.find(({ userId }) => userId === session.userId);
  }

  /** Ends the sign-in behind a token: its other access tokens and its refresh token too (portal API reference, Logout). */
  end(accessToken: string | undefined): void {
    const ended = this.sessions.get(accessToken ?? "")?.signInId;
    for (const tokens of [this.sessions, this.refreshTokens])
      for (const [token, { signInId }] of tokens) if (signInId === ended) tokens.delete(token);
  }

  private grant(refresh: Refresh): Granted {
    const [accessToken, refreshToken] = [this.secret(64), this.secret(64)];
    const { userId, signInId } = refresh;
    this.sessions.set(accessToken, { userId, signInId, expiresAt: this.now() + SESSION_MS });
    this.refreshTokens.set(refreshToken, refresh);
    return { accessToken, refreshToken, expiresIn: SESSION_MS / 1000 };
  }

  private knows(clientId: string, clientSecret: string): boolean {
    const client = this.clients.get(clientId);
    return client?.secret === clientSecret && client.expiresAt > this.now();
  }

  private now(): number {
    return this.estate.clocks.wall();
  }

  private secret(length: number): string {
    return alphanumeric(this.estate.randomBytes, length);
  }
}
