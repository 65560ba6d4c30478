/** Faults of one direction of the line between gateway and client. Rates are 0 to 1. */
export interface LineFaults {
  drop: number;
  duplicate: number;
  /** A frame is held back until the next one has overtaken it. */
  reorder: number;
  /** One byte of the frame's payload is another one. */
  corrupt: number;
  /** Each frame comes so many milliseconds later. */
  delayMs: number;
  /** Each frame is delayed by up to so many milliseconds more, so that frames overtake one another. */
  jitterMs: number;
}

/** How ResumeSession answers: as it should, without a token, or with an error. */
export type ResumeAnswer = "token" | "over" | "missing" | "denied" | "internal";

/** Knobs of the agents and of the line to the client. The defaults are the figures of the real agent and the real gateway. */
export interface AgentKnobs {
  /** Largest payload that the agent sends (amazon-ssm-agent, `agent/session/config/config.go`, StreamDataPayloadSize). */
  payloadBytes: number;
  /** Pause after each of them (`agent/session/plugins/port/port_mux.go`, transferDataToMgs); 0 = none. */
  paceMs: number;
  /** Messages sent and not acknowledged at which the agent stops reading; the real one goes on to 100,000. */
  maxUnacknowledged: number;
  /** The oldest messages looked at per resend tick; the real agent looks at one. */
  resendPerTick: number;
  /** A dial without an answer fails after so long, real milliseconds: the operating system's limit. */
  dialTimeoutMs: number;
  /** `kms` and `unknown` ask the client for something besides the session type; `silent` never begins. */
  handshake: "normal" | "kms" | "unknown" | "silent";
  /** Message for the user in the handshake. */
  customerMessage: string;
  /** Only the principal that started a session may open its channel (unproven in AWS: the stricter reading is the default). */
  sameCallerOnly: boolean;
  toAgent: LineFaults;
  toClient: LineFaults;
  /** The agent neither hears nor says anything; the gateway stays. */
  silentAgent: boolean;
  /** The gateway neither hears nor says anything, not even a pong; the socket stays. */
  silentGateway: boolean;
  /** Minutes of AWS's time after which the gateway closes a client's socket with 1000, `Bye` (seen by users of the plugin); 0 = never. */
  rotateMinutes: number;
  /** Minutes of AWS's time without stream data that end a session (Systems Manager user guide, "Specify an idle session timeout value"). */
  idleMinutes: number;
  /** Minutes of AWS's time that a session may last ("Specify maximum session duration"); 0 = any. */
  maxMinutes: number;
  /** None of the three limits acts earlier than so many real milliseconds: a person's minutes do not pass faster because AWS's do. */
  leastLimitMs: number;
  /** A client's socket is closed after so many bytes, both directions together; 0 = never. */
  closeAfterBytes: number;
  /** With this code; 1006 = cut. */
  closeAfterCode: number;
  /** Messages of a client per real second above which the gateway says pause, and then closes; 0 = any number. */
  messagesPerSecond: number;
  resumeAnswer: ResumeAnswer;
  /** How many calls are answered so; then `token` again. 0 = all. */
  resumeAnswers: number;
}

const NO_FAULTS: LineFaults = { drop: 0, duplicate: 0, reorder: 0, corrupt: 0, delayMs: 0, jitterMs: 0 };

/** A direction without faults but those given. */
export function lineFaults(faults: Partial<LineFaults> = {}): LineFaults {
  return { ...NO_FAULTS, ...faults };
}

/** A fresh set of knobs with the real agent's behaviour. */
export function realAgentKnobs(): AgentKnobs {
  return {
    payloadBytes: 1024,
    paceMs: 1,
    maxUnacknowledged: 10_000,
    resendPerTick: 1,
    dialTimeoutMs: 127_000,
    handshake: "normal",
    customerMessage: "",
    sameCallerOnly: true,
    toAgent: lineFaults(),
    toClient: lineFaults(),
    silentAgent: false,
    silentGateway: false,
    rotateMinutes: 60,
    idleMinutes: 20,
    maxMinutes: 0,
    leastLimitMs: 0,
    closeAfterBytes: 0,
    closeAfterCode: 1006,
    messagesPerSecond: 0,
    resumeAnswer: "token",
    resumeAnswers: 0,
  };
}
