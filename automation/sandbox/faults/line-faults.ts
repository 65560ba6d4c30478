import type { LineFaults } from "../agent/agent-knobs";
import { fault, type Fault, type FaultPorts } from "./fault";
import { DIRECTION, RATE, TIME, type ValueForm } from "./fault-values";

/** Faults of the frames themselves, in each direction. */
export const LINE_FAULTS: readonly Fault[] = [
  lineFault("drop", "drop", RATE, "frames are lost"),
  lineFault("delay", "delayMs", TIME, "each frame comes so much later"),
  lineFault("jitter", "jitterMs", TIME, "each frame comes later by up to so much, so that they overtake one another"),
  lineFault("duplicate", "duplicate", RATE, "frames come twice"),
  lineFault("reorder", "reorder", RATE, "frames are overtaken by the next one"),
  lineFault("corrupt", "corrupt", RATE, "one byte of a frame's payload is changed"),
];

function lineFault(name: string, knob: keyof LineFaults, form: ValueForm<number>, meaning: string): Fault {
  return fault<[number, "both" | "to-agent" | "to-client"]>({
    name,
    meaning,
    values: [form, DIRECTION],
    apply: ({ knobs }, value, direction) => {
      if (direction !== "to-client") knobs.toAgent[knob] = value;
      if (direction !== "to-agent") knobs.toClient[knob] = value;
      return "";
    },
    present: (ports) => presentOf(ports, knob),
  });
}

/** @example "0.05 to-agent, 0.1 to-client" */
function presentOf({ knobs }: FaultPorts, knob: keyof LineFaults): string {
  const unit = knob.endsWith("Ms") ? "ms" : "";
  const [up, down] = [knobs.toAgent[knob], knobs.toClient[knob]];
  if (up === down) return up === 0 ? "off" : `${up}${unit}`;
  const parts = [up > 0 ? `${up}${unit} to-agent` : "", down > 0 ? `${down}${unit} to-client` : ""];
  return parts.filter((part) => part !== "").join(", ");
}
