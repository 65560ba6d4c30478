import type { Props } from "../../account/estate";
import { set, text } from "./types";

/** Words by object type, as the provider lists them; `MAINTAIN` of PostgreSQL 17 is in none (upstream v1.26.0, helpers.go). */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  database: ["ALL", "CREATE", "CONNECT", "TEMPORARY"],
  schema: ["ALL", "CREATE", "USAGE"],
  table: ["ALL", "SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"],
  sequence: ["ALL", "USAGE", "SELECT", "UPDATE"],
  function: ["ALL", "EXECUTE"],
  procedure: ["ALL", "EXECUTE"],
  routine: ["ALL", "EXECUTE"],
  type: ["ALL", "USAGE"],
  foreign_data_wrapper: ["ALL", "USAGE"],
  foreign_server: ["ALL", "USAGE"],
  column: ["ALL", "SELECT", "INSERT", "UPDATE", "REFERENCES"],
};

/** Refuses a privilege word as the provider does: when it is applied, never before. */
export function checkWords(inputs: Props): void {
  const kind = text(inputs, "objectType");
  for (const word of set(inputs, "privileges"))
    if (!WORDS[kind]?.includes(word)) throw new Error(`${word} is not an allowed privilege for object type ${kind}`);
}

/** Whether a role holds what was wanted: just that, or, for ALL, the provider's whole list. */
export function holdsWanted(kind: string, wanted: readonly string[], held: readonly string[]): boolean {
  const all = (WORDS[kind] ?? []).filter((word) => word !== "ALL");
  return sameSet(wanted, held) || (wanted.includes("ALL") && sameSet(all, held));
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  const [first, second] = [new Set(a), new Set(b)];
  return first.size === second.size && [...first].every((word) => second.has(word));
}
