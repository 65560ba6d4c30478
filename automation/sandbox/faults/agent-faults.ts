import { fault, HAPPENS_ONCE, type Fault } from "./fault";
import { oneOf, optional, SESSION } from "./fault-values";
import { happened } from "./happened";

/** The real agent's payloads and pace (amazon-ssm-agent, `port_mux.go`), and an agent whose sleep is off. */
const PROFILES = { real: { payloadBytes: 1024, paceMs: 1 }, fast: { payloadBytes: 32_768, paceMs: 0 } } as const;

/** Faults of the agents on the instances. */
export const AGENT_FAULTS: readonly Fault[] = [
  fault<[string]>({
    name: "agent-restart",
    meaning: "the agents' processes die: streams end, and sessions with channel_closed",
    values: [SESSION],
    apply: ({ gateway }, session) => happened(session, (one) => gateway.restartAgents(one)),
    present: HAPPENS_ONCE,
  }),
  fault<["cut" | "bye", string]>({
    name: "agent-reconnect",
    meaning: "the agents' sockets: cut (the next message is processed twice) or closed in order (bye); they come back",
    values: [optional(oneOf("cut", "bye"), "cut"), SESSION],
    apply: ({ gateway }, how, session) => happened(session, (one) => gateway.reconnectAgents(how, one)),
    present: HAPPENS_ONCE,
  }),
  fault<["on" | "off"]>({
    name: "silent-agent",
    meaning: "the agents neither hear nor say anything; the gateway stays",
    values: [oneOf("on", "off")],
    apply: ({ knobs }, value) => {
      knobs.silentAgent = value === "on";
      return "";
    },
    present: ({ knobs }) => (knobs.silentAgent ? "on" : "off"),
  }),
  fault<["real" | "fast"]>({
    name: "agent-profile",
    meaning: "real: 1,024 bytes, then a sleep of 1 ms; fast: 32 KiB and no sleep",
    values: [oneOf("real", "fast")],
    apply: ({ knobs }, profile) => {
      Object.assign(knobs, PROFILES[profile]);
      return "";
    },
    present: ({ knobs }) => (knobs.paceMs === 0 ? "fast" : "real"),
  }),
  fault<["normal" | "kms" | "unknown" | "silent"]>({
    name: "handshake",
    meaning:
      "what new sessions ask of the client: kms = the account's preferences demand encryption; silent = nothing comes",
    values: [oneOf("normal", "kms", "unknown", "silent")],
    apply: ({ knobs }, handshake) => {
      knobs.handshake = handshake;
      return "";
    },
    present: ({ knobs }) => knobs.handshake,
  }),
];
