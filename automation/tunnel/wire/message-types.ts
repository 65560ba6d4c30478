/** Types of AgentMessage (session-manager-plugin, `src/message/clientmessage.go`; amazon-ssm-agent, `agent/session/contracts`). */
export const MESSAGE_TYPES = {
  /** Client to agent: data, handshake response, flags. Sequenced. */
  input: "input_stream_data",
  /** Agent to client: data, handshake request and complete, flags. Sequenced. */
  output: "output_stream_data",
  /** Of one sequenced message, either way. Never acknowledged itself. */
  acknowledge: "acknowledge",
  /** From the gateway: the session is over. Final. */
  channelClosed: "channel_closed",
  startPublication: "start_publication",
  pausePublication: "pause_publication",
} as const;

/** Payload types of sequenced messages (same sources). */
export const PAYLOAD_TYPES = {
  none: 0,
  output: 1,
  handshakeRequest: 5,
  handshakeResponse: 6,
  handshakeComplete: 7,
  encryptionChallenge: 8,
  flag: 10,
} as const;

/** Values of a flag payload: four bytes, unsigned, big-endian. */
export const FLAGS = {
  /** Basic mode only. */
  disconnectToPort: 1,
  /** The client ends the session. */
  terminateSession: 2,
  /** The agent could not dial; which stream, it does not say. */
  connectToPortError: 3,
} as const;

/** Bits of the header's Flags field: data carries 0, the agent's very first message SYN, an acknowledgement both. */
export const HEADER_FLAGS = { none: 0, syn: 1, synAndFin: 3 } as const;
