import type { AgentKnobs } from "../agent/agent-knobs";
import { startInstance, stoppedInstances } from "../node/machine-faults";
import { AGENT_FAULTS } from "./agent-faults";
import { ESTATE_FAULTS } from "./estate-faults";
import type { Fault, FaultChange, FaultPorts } from "./fault";
import { LINE_FAULTS } from "./line-faults";
import { SESSION_FAULTS } from "./session-faults";
import { SOCKET_FAULTS } from "./socket-faults";

/** The word that clears all faults. */
export const NO_FAULT = "none";

/** Every fault, in the order of the help. */
export const FAULTS: readonly Fault[] = [
  ...LINE_FAULTS,
  ...SOCKET_FAULTS,
  ...AGENT_FAULTS,
  ...SESSION_FAULTS,
  ...ESTATE_FAULTS,
];

/**
 * The change that a name and its values ask for, or everything that is wrong. Pure.
 *
 * @example readFault("drop", ["5%"]) // a change
 * @example readFault("drop", ["x", "up"]) // two problems
 */
export function readFault(name: string, values: readonly string[]): FaultChange | readonly string[] {
  const found = FAULTS.find((one) => one.name === name);
  if (!found)
    return [`there is no fault ${JSON.stringify(name)}; there are ${FAULTS.map((one) => one.name).join(", ")}`];
  const read = found.read(values);
  return typeof read === "function" ? read : read.map((problem) => `${name}: ${problem}`);
}

/** A fault and its value now. */
export interface FaultLine {
  readonly name: string;
  readonly form: string;
  readonly meaning: string;
  /** Empty for what happens once. */
  readonly value: string;
}

/** All faults with their present values. */
export function listFaults(ports: FaultPorts): readonly FaultLine[] {
  return FAULTS.map(({ name, form, meaning, present }) => ({ name, form, meaning, value: present(ports) }));
}

/** Back to AWS's behaviour: knobs as they were at the start, everybody may send, stopped machines run. What happened stays. */
export function clearFaults(ports: FaultPorts, initial: AgentKnobs): void {
  const { toAgent, toClient, ...others } = structuredClone(initial);
  Object.assign(ports.knobs, others);
  // The lines hold on to these two.
  Object.assign(ports.knobs.toAgent, toAgent);
  Object.assign(ports.knobs.toClient, toClient);
  for (const side of ["client", "agent"] as const) ports.gateway.publish(true, side);
  for (const instance of stoppedInstances(ports.estate)) startInstance(instance);
}
