/** Limits and timers of a tunnel: every queue, buffer and wait has one. Times in milliseconds. */
export interface TunnelLimits {
  /** Messages sent and not acknowledged. */
  readonly windowMessages: number;
  /** Bytes sent and not acknowledged: what the agent may have to hold. */
  readonly windowBytes: number;
  /** Largest payload of a data message: the real agent takes any, the gateway is known to pass 32 KiB. */
  readonly payloadBytes: number;
  /** Messages and bytes kept while an earlier one is missing; beyond them nothing is acknowledged. */
  readonly reorderMessages: number;
  readonly reorderBytes: number;
  /** Retransmission timeout: first value, floor, ceiling. */
  readonly initialRtoMs: number;
  readonly minRtoMs: number;
  readonly maxRtoMs: number;
  /** How many of the oldest messages are looked at per tick. */
  readonly resendBurst: number;
  readonly tickMs: number;
  /** No acknowledgement at all for so long, with data outstanding: the session is dead. */
  readonly giveUpMs: number;
  /** The gateway stands about 1,000 messages a second; acknowledgements count. */
  readonly framesPerSecond: number;
  readonly frameBurst: number;
  /** Data frames a second that go out even if acknowledgements use up the rest. */
  readonly reservedDataFrames: number;
  /** Data of one stream in a row: so that a big stream does not starve small ones. */
  readonly frameBytes: number;
  readonly maxStreams: number;
  /** Undelivered bytes of all streams together at which the socket is paused; it goes on below half. */
  readonly receiveBytes: number;
  /** A stream that is not read at all for so long while the socket is paused is ended, so that the others go on. */
  readonly stallMs: number;
  /** After the local end of a stream: quiet time before it is closed, for replies still on the way (no half-close in smux). */
  readonly halfCloseMs: number;
  readonly keepAliveMs: number;
  readonly pingMs: number;
  /** Nothing heard, not even a pong, for so long: the socket is dead. */
  readonly silenceMs: number;
  /** A tick that comes so much too late means that the machine slept. */
  readonly sleepGapMs: number;
  /** After that the socket must answer within so long. */
  readonly wakeMs: number;
  /** Attempts to get a session back: the first pause, the longest, and when it is given up (idle sessions end after 20 min). */
  readonly resumeFirstMs: number;
  readonly resumeMaxMs: number;
  readonly resumeMs: number;
  /** How often to look whether the person has signed in again. */
  readonly signInPollMs: number;
  /** Streams sent and nothing at all came back for so long: the agent's stream layer is asked for a sign of life. */
  readonly watchdogMs: number;
  /** How long that sign may take: the agent may be held up by a dial, for about two minutes. */
  readonly watchdogAnswerMs: number;
  /** How long a farewell waits for the other side. */
  readonly farewellMs: number;
  /** Largest WebSocket message accepted, bytes. */
  readonly maxFrameBytes: number;
}

/** Defaults; the reference figures stand in session-manager-plugin `src/config/config.go` and amazon-ssm-agent `agent/session/config`. */
export const TUNNEL_LIMITS: TunnelLimits = {
  windowMessages: 256,
  windowBytes: 1024 * 1024,
  payloadBytes: 32 * 1024,
  reorderMessages: 10_000,
  reorderBytes: 16 * 1024 * 1024,
  initialRtoMs: 600,
  minRtoMs: 200,
  maxRtoMs: 2_000,
  resendBurst: 4,
  tickMs: 100,
  giveUpMs: 300_000,
  framesPerSecond: 900,
  frameBurst: 100,
  reservedDataFrames: 100,
  frameBytes: 16 * 1024,
  maxStreams: 1_000,
  receiveBytes: 8 * 1024 * 1024,
  stallMs: 15_000,
  halfCloseMs: 1_000,
  keepAliveMs: 10_000,
  pingMs: 25_000,
  silenceMs: 75_000,
  sleepGapMs: 5_000,
  wakeMs: 5_000,
  resumeFirstMs: 500,
  resumeMaxMs: 10_000,
  resumeMs: 20 * 60_000,
  signInPollMs: 3_000,
  watchdogMs: 45_000,
  watchdogAnswerMs: 150_000,
  farewellMs: 2_000,
  maxFrameBytes: 1024 * 1024,
};
