import { timingSafeEqual } from "node:crypto";
import type { PortSession } from "../account/ports";
import { hex } from "../account/ids";

/** A token opens one channel, within a minute: how long AWS's live is not documented. Milliseconds of wall time. */
const TOKEN_LIFE_MS = 60_000;
/** Ended sessions that are remembered. */
const MAX_HISTORY = 1_000;

interface Entry {
  readonly session: PortSession;
  token: string | undefined;
  issuedAt: number;
}

/** The sessions of an estate and their tokens. */
export class SessionRegistry {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly randomBytes: (size: number) => Buffer,
    private readonly wall: () => number,
  ) {}

  /** A new session: id `<session name>-<17 hex digits>`, as Session Manager makes it. */
  create(started: Omit<PortSession, "id" | "startedAt" | "state">): {
    readonly session: PortSession;
    readonly token: string;
  } {
    const id = `${started.owner.sessionName}-${hex(this.randomBytes, 17)}`;
    const session: PortSession = { ...started, id, startedAt: this.wall(), state: "connecting" };
    const token = this.randomBytes(96).toString("base64");
    this.entries.set(id, { session, token, issuedAt: session.startedAt });
    this.forgetOldest();
    return { session, token };
  }

  /** A new token for a session that lives, in place of the old one; undefined if it is over. */
  renew(id: string): string | undefined {
    const entry = this.entries.get(id);
    if (!entry || entry.session.state === "terminated") return undefined;
    entry.issuedAt = this.wall();
    return (entry.token = this.randomBytes(96).toString("base64"));
  }

  get(id: string): PortSession | undefined {
    return this.entries.get(id)?.session;
  }

  list(): readonly PortSession[] {
    return [...this.entries.values()].map((entry) => entry.session);
  }

  /** Whether `token` opens the session's channel; it does so once. */
  useToken(id: string, token: string): boolean {
    const entry = this.entries.get(id);
    if (!entry?.token || entry.session.state === "terminated") return false;
    if (this.wall() - entry.issuedAt > TOKEN_LIFE_MS || !same(entry.token, token)) return false;
    entry.token = undefined;
    return true;
  }

  private forgetOldest(): void {
    for (const [id, { session }] of this.entries) {
      if (this.entries.size <= MAX_HISTORY) return;
      if (session.state === "terminated") this.entries.delete(id);
    }
  }
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
