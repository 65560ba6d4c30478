import type { CloudObject, Estate } from "../account/estate";
import type { AgentKnobs } from "../agent/agent-knobs";
import type { GatewayFaults } from "../agent/gateway-faults";
import { formOf, readValues, type ValueForms } from "./fault-values";

/** What faults work on. */
export interface FaultPorts {
  readonly estate: Estate;
  readonly knobs: AgentKnobs;
  readonly gateway: GatewayFaults;
  /** Moves a cluster's endpoints to a new address. */
  readonly failOver: (cluster: CloudObject) => Promise<void>;
}

/** What a fault does when it is set: answers what happened, for people. */
export type FaultChange = (ports: FaultPorts) => string | Promise<string>;

/** One knob of the sandbox: help, control route and checks are made from it. */
export interface Fault {
  /** As on the command line. */
  readonly name: string;
  /** Its values, e.g. `RATE [to-agent|to-client]`. */
  readonly form: string;
  /** One line for the help. */
  readonly meaning: string;
  /** The change that values ask for, or everything that is wrong with them. Pure. */
  read(values: readonly string[]): FaultChange | readonly string[];
  /** Its value now; `off` is AWS's behaviour, the empty text is something that happens once. */
  readonly present: (ports: FaultPorts) => string;
}

/** A fault by the forms of its values, which `apply` gets as they were read. */
export function fault<T extends readonly unknown[]>(spec: {
  readonly name: string;
  readonly meaning: string;
  readonly values: ValueForms<T>;
  apply(ports: FaultPorts, ...values: T): string | Promise<string>;
  present(ports: FaultPorts): string;
}): Fault {
  const { name, meaning, values } = spec;
  return {
    name,
    meaning,
    form: formOf(values),
    read: (texts) => {
      const read = readValues(values, texts);
      return read.ok ? (ports) => spec.apply(ports, ...read.values) : read.problems;
    },
    present: (ports) => spec.present(ports),
  };
}

/** The present value of what happens once. */
export const HAPPENS_ONCE = (): string => "";
