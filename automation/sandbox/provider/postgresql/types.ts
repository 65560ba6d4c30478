import type { Props } from "../../account/estate";
import type { TypeFacts } from "../facts/facts";
import type { Settings } from "./settings";

/** What a refresh or a read found; inputs as the live object would be written. */
export interface Found {
  readonly outputs: Props;
  /** Inputs that the live object has otherwise than the state: they replace the program's. */
  readonly live: Props;
}

/** One resource type of the package. */
export interface PostgresType {
  readonly facts: TypeFacts;
  /** Inputs whose order does not count. */
  readonly sets: readonly string[];
  /** Inputs that no state keeps and no comparison sees. */
  readonly writeOnly?: readonly string[];
  /** Whether its id alone says what to read; without, it cannot be imported. */
  readonly importable: boolean;
  readonly rules?: (inputs: Props, fail: (property: string, reason: string) => void) => void;
  id(inputs: Props, settings: Settings): string;
  create(settings: Settings, inputs: Props): Promise<void>;
  /** Changes in place; left out where every change replaces. */
  update?(settings: Settings, state: Props, inputs: Props): Promise<void>;
  /** What a refresh asks first, on connections of its own; left out where it asks nothing. */
  exists?(settings: Settings, id: string, inputs: Props): Promise<boolean>;
  /** `undefined`: it is gone. */
  read(settings: Settings, id: string, inputs: Props): Promise<Found | undefined>;
  delete(settings: Settings, state: Props): Promise<void>;
}

/** The facts of a type, from what differs between types. */
export function facts(given: {
  readonly required: readonly string[];
  readonly inputs: TypeFacts["inputs"];
  readonly replace: readonly string[];
  readonly defaults?: TypeFacts["defaults"];
  readonly filled?: readonly string[];
  readonly secret?: readonly string[];
}): TypeFacts {
  return {
    defaults: {},
    secret: [],
    filled: [],
    ...given,
    pure: [],
    id: "",
    computed: {},
    regional: false,
    taggable: false,
    typical: given.required,
    codes: [],
  };
}

/** A text input; "" when it is left out. */
export function text(props: Props, name: string): string {
  const value = props[name];
  return typeof value === "string" ? value : "";
}

/** A list of texts, sorted, each once: the provider's sets. */
export function set(props: Props, name: string): string[] {
  const value = props[name];
  return Array.isArray(value) ? [...new Set(value.map(String))].sort() : [];
}
