import type { Json } from "../../account/estate";
import aws from "./aws.json";

/**
 * Kind of an input: text, number, truth, map of texts, list of one kind, or the members of a nested block (a name that ends with
 * `!` is required).
 */
export type Kind = "string" | "number" | "boolean" | "map" | readonly [Kind] | { readonly [member: string]: Kind };

/** What is known of one resource type of @pulumi/aws; made by make-facts.mjs. */
export interface TypeFacts {
  readonly required: readonly string[];
  readonly inputs: Readonly<Record<string, Kind>>;
  /** Inputs whose change replaces the resource. */
  readonly replace: readonly string[];
  /** Defaults of the provider's schema: known at preview. */
  readonly defaults: Readonly<Record<string, Json>>;
  /** Inputs that AWS fills when they are left out: unknown at preview. */
  readonly filled: readonly string[];
  /** Outputs that are never inputs. */
  readonly pure: readonly string[];
  readonly secret: readonly string[];
  /** A pattern (`^…$`) or a description of the id. */
  readonly id: string;
  /** Patterns of outputs; `{region}`, `{account}`, `{name}` stand for the object's own. */
  readonly computed: Readonly<Record<string, string>>;
  readonly regional: boolean;
  readonly taggable: boolean;
  /** What an ordinary program sets. */
  readonly typical: readonly string[];
  /** Error codes that AWS gives for this type. */
  readonly codes: readonly string[];
}

/** Facts by type token. */
export const AWS_FACTS = aws as unknown as Readonly<Record<string, TypeFacts>>;

/** Facts of a type that is served; asking for another is a bug. */
export function factsOf(token: string): TypeFacts {
  const facts = AWS_FACTS[token];
  if (!facts) throw new Error(`no facts of ${token}`);
  return facts;
}
