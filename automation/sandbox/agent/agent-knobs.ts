/** Faults of one direction of the line between gateway and client. Rates are 0 to 1. */
export interface LineFaults {
  drop: number;
  duplicate: number;
  /** Each frame is delayed by up to so many milliseconds, so that frames overtake one another. */
  jitterMs: number;
}

/** Knobs of the agents and of the line to the client. The defaults are the real agent's figures. */
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
}

const NO_FAULTS: LineFaults = { drop: 0, duplicate: 0, jitterMs: 0 };

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
    toAgent: { ...NO_FAULTS },
    toClient: { ...NO_FAULTS },
  };
}
