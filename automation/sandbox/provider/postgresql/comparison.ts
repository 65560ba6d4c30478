import type { Json, Props } from "../../account/estate";
import { DEFAULTS_KEY } from "../protocol/check";
import type { PropertyChange } from "../protocol/diff";
import { UNKNOWN } from "../protocol/values";
import type { DiffRequest } from "../provider";
import { set, type PostgresType } from "./types";

/** New inputs against the state. Sets have no order; false, "", 0, an empty list and nothing are the same. */
export function changes(type: PostgresType, { state, news, ignore }: DiffRequest): PropertyChange[] {
  return Object.keys(type.facts.inputs)
    .filter((key) => !ignore.includes(key) && !ignore.includes("*") && !type.writeOnly?.includes(key))
    .filter((key) => news[key] !== undefined || !type.facts.filled.includes(key))
    .flatMap((key): PropertyChange[] => {
      const [wanted, actual] = [canonical(type, key, news[key]), canonical(type, key, state[key])];
      if (wanted === actual) return [];
      const kind = actual === "" ? "add" : wanted === "" ? "delete" : "update";
      return [{ path: key, kind, replace: type.facts.replace.includes(key) }];
    });
}

/**
 * The program's inputs where they still hold, the live values where they do not. What the server fills where the program says nothing
 * is no drift, but is part of an import.
 */
export function refreshed(type: PostgresType, oldInputs: Props, live: Props, isImport: boolean): Props {
  const inputs: Props = { [DEFAULTS_KEY]: oldInputs[DEFAULTS_KEY] ?? [] };
  for (const key of Object.keys(type.facts.inputs)) {
    const [old, now] = [oldInputs[key], key in live ? live[key] : oldInputs[key]];
    if (old === undefined && !isImport && type.facts.filled.includes(key)) continue;
    const value = canonical(type, key, old) === canonical(type, key, now) ? old : now;
    if (value !== undefined && (old !== undefined || canonical(type, key, value) !== "")) inputs[key] = value;
  }
  return inputs;
}

function canonical(type: PostgresType, key: string, value: Json | undefined): string {
  if (value === UNKNOWN) return UNKNOWN;
  const plain = type.sets.includes(key) ? set({ [key]: value ?? [] }, key) : value;
  if (!plain || (Array.isArray(plain) && plain.length === 0)) return "";
  return JSON.stringify(plain);
}
