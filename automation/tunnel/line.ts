import WebSocket from "ws";
import type { Clock } from "../core/clock";
import { terminalText } from "../core/terminal-text";

/** Timers of a line, milliseconds. */
export interface LineLimits {
  readonly pingMs: number;
  readonly silenceMs: number;
  readonly wakeMs: number;
  readonly farewellMs: number;
}

/** Who listens on a line. */
export interface LineUser {
  /** A binary frame; text frames mean nothing after the first of ours. */
  frame(frame: Buffer): void;
  /** The line is gone, said once; not said after `hangUp` or `cut`. */
  lost(reason: string): void;
}

/**
 * One WebSocket of a session while it lives: hears frames, pings, judges silence. A session may use several, one after the other.
 * Time is the caller's: `tick` is to be called about every `tickMs`.
 */
export class Line {
  private heardAt: number;
  private pingedAt: number;
  /** An answer must come until then, or the line is dead. */
  private proofBy: number | undefined;
  private held = false;
  private over = false;

  constructor(
    private readonly socket: WebSocket,
    private readonly limits: LineLimits,
    private readonly clock: Clock,
    private readonly user: LineUser,
  ) {
    this.heardAt = this.pingedAt = clock.now();
    socket.on("message", (data, isBinary) => {
      this.heard();
      // `ws` is set to give binary messages as one Buffer.
      if (isBinary && !this.over) user.frame(data as Buffer);
    });
    for (const sign of ["ping", "pong"]) socket.on(sign, () => this.heard());
    socket.on("error", (error) => this.lose(`The data channel broke: ${terminalText(error.message)}.`));
    socket.on("close", (code, reason) => {
      const words = reason.length > 0 ? `: ${terminalText(reason.toString())}` : "";
      this.lose(`The data channel was closed (${code}${words}).`);
    });
  }

  send(data: Buffer | string, written?: (error?: Error) => void): void {
    this.socket.send(data, written);
  }

  /** Whether frames are taken from the socket; not while it is held. */
  get hearing(): boolean {
    return !this.held;
  }

  /** Stops hearing (`true`), e.g. because nobody takes what is heard, or goes on. */
  hold(on: boolean): void {
    this.held = on;
    this.heardAt = this.clock.now();
    if (on) this.socket.pause();
    else this.socket.resume();
  }

  /** The machine slept: whether the line outlived it is asked at once, not in a minute. */
  prove(): void {
    if (this.held || this.proofBy !== undefined) return;
    const now = this.clock.now();
    this.heardAt = this.pingedAt = now;
    this.proofBy = now + this.limits.wakeMs;
    this.ping();
  }

  tick(): void {
    const now = this.clock.now();
    if (now - this.pingedAt >= this.limits.pingMs) {
      this.pingedAt = now;
      this.ping();
    }
    // A socket that we hold ourselves says nothing.
    if (this.held) return;
    if (this.proofBy !== undefined && now >= this.proofBy) this.giveUp("The data channel did not outlive the pause.");
    else if (now - this.heardAt >= this.limits.silenceMs)
      this.giveUp(`Nothing was heard for ${this.limits.silenceMs / 1000} s.`);
  }

  /** Cuts it without a word. */
  cut(): void {
    this.over = true;
    this.socket.terminate();
  }

  /** Closes it, politely at first; at most `farewellMs`. */
  async hangUp(): Promise<void> {
    this.over = true;
    if (this.socket.readyState === WebSocket.CLOSED) return;
    const gone = new AbortController();
    this.socket.once("close", () => gone.abort());
    this.socket.resume();
    this.socket.close(1000);
    await this.clock.sleep(this.limits.farewellMs, gone.signal).catch(() => undefined);
    this.socket.terminate();
  }

  private heard(): void {
    this.heardAt = this.clock.now();
    this.proofBy = undefined;
  }

  private ping(): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.ping();
  }

  private giveUp(reason: string): void {
    this.lose(reason);
    this.socket.terminate();
  }

  private lose(reason: string): void {
    if (this.over) return;
    this.over = true;
    this.user.lost(reason);
  }
}
