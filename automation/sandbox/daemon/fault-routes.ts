import { NothingThere } from "../faults/happened";
import { clearFaults, listFaults, NO_FAULT, readFault, type FaultLine } from "../faults/faults";
import type { FaultPorts } from "../faults/fault";
import { ControlRefusal, type ControlRoute } from "./control";

/** What `POST faults` answers: what it happened to, for people, and how everything stands now. */
export interface FaultAnswer {
  readonly happened: string;
  readonly faults: readonly FaultLine[];
}

/**
 * The routes of the faults: `GET faults` lists them; `POST faults` sets one by its words as on the command line,
 * `{"words":["drop","5%"]}`, or clears all, `{"words":["none"]}`. What the knobs are now is what clearing goes back to.
 */
export function faultRoutes(ports: FaultPorts): Record<string, ControlRoute> {
  const initial = structuredClone(ports.knobs);
  return {
    "GET faults": () => Promise.resolve(listFaults(ports)),
    "POST faults": async (body) => {
      const happened = await setFault(ports, wordsOf(body), initial);
      return { happened, faults: listFaults(ports) } satisfies FaultAnswer;
    },
  };
}

async function setFault(
  ports: FaultPorts,
  [name = "", ...values]: readonly string[],
  initial: FaultPorts["knobs"],
): Promise<string> {
  if (name === NO_FAULT && values.length === 0) {
    clearFaults(ports, initial);
    return "";
  }
  const change = readFault(name, values);
  if (typeof change !== "function") throw new ControlRefusal(400, change.join("; "));
  try {
    return await change(ports);
  } catch (error) {
    if (error instanceof NothingThere) throw new ControlRefusal(404, error.message);
    throw error;
  }
}

function wordsOf(body: unknown): readonly string[] {
  const words = (body as { readonly words?: unknown } | null)?.words;
  if (Array.isArray(words) && words.every((word) => typeof word === "string")) return words;
  throw new ControlRefusal(400, "words are a list of texts");
}
