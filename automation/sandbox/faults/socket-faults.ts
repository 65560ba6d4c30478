import { CLOSE_REASONS } from "../agent/close-reasons";
import { fault, HAPPENS_ONCE, type Fault } from "./fault";
import { BYTES, numberFrom, oneOf, optional, SESSION, type ValueForm } from "./fault-values";
import { happened } from "./happened";

const CODES = Object.keys(CLOSE_REASONS);
const code: ValueForm<number> = {
  label: "CODE",
  wanted: `one of ${CODES.join(", ")} (1006 = cut without a word)`,
  read: (text) => (CODES.includes(text) ? Number(text) : undefined),
};

/** Faults of the clients' sockets at the gateway. */
export const SOCKET_FAULTS: readonly Fault[] = [
  fault<[number, string]>({
    name: "close",
    meaning: "closes the clients' sockets now; the sessions stay",
    values: [code, SESSION],
    apply: ({ gateway }, chosen, session) => happened(session, (one) => gateway.closeSockets(chosen, one)),
    present: HAPPENS_ONCE,
  }),
  fault<[number, number]>({
    name: "close-after",
    meaning: "closes every socket after so many bytes, both directions together",
    values: [BYTES, optional(code, 1006)],
    apply: ({ knobs }, bytes, chosen) => {
      knobs.closeAfterBytes = bytes;
      knobs.closeAfterCode = chosen;
      return "";
    },
    present: ({ knobs }) => (knobs.closeAfterBytes === 0 ? "off" : `${knobs.closeAfterBytes} ${knobs.closeAfterCode}`),
  }),
  fault<[number]>({
    name: "rotate-after",
    meaning: "the gateway closes a socket with 1000 Bye after so many minutes of AWS's time; AWS: 60",
    values: [numberFrom("MINUTES", 0, 1_440)],
    apply: ({ knobs }, minutes) => {
      // A limit that somebody chose acts when it says; only AWS's own wait for a person.
      Object.assign(knobs, { rotateMinutes: minutes, leastLimitMs: 0 });
      return "";
    },
    present: ({ knobs }) => (knobs.rotateMinutes === 0 ? "never" : `${knobs.rotateMinutes} min`),
  }),
  publication("pause", false, "says pause_publication"),
  publication("start", true, "says start_publication"),
  fault<["on" | "off"]>({
    name: "silent-gateway",
    meaning: "the gateway neither hears nor says anything, not even a pong; sockets stay",
    values: [oneOf("on", "off")],
    apply: ({ knobs }, value) => {
      knobs.silentGateway = value === "on";
      return "";
    },
    present: ({ knobs }) => (knobs.silentGateway ? "on" : "off"),
  }),
  fault<[number]>({
    name: "message-rate",
    meaning: "more messages a second from a client get a pause, the third second in a row a close",
    values: [numberFrom("COUNT", 0, 1_000_000)],
    apply: ({ knobs }, count) => {
      knobs.messagesPerSecond = count;
      return "";
    },
    present: ({ knobs }) => (knobs.messagesPerSecond === 0 ? "off" : `${knobs.messagesPerSecond}`),
  }),
];

function publication(name: string, on: boolean, meaning: string): Fault {
  return fault<["both" | "client" | "agent", string]>({
    name,
    meaning: `${meaning} to clients, agents or both`,
    values: [optional(oneOf("both", "client", "agent"), "both"), SESSION],
    apply: ({ gateway }, side, session) => {
      const sides = (["client", "agent"] as const).filter((one) => side === "both" || side === one);
      return happened(session, (one) => Math.max(...sides.map((each) => gateway.publish(on, each, one))));
    },
    present: HAPPENS_ONCE,
  });
}
