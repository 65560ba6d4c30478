/** A value that may stand alone or in a list. */
export type OneOrMany<T> = T | readonly T[];

/** A statement of an identity or resource policy (IAM user guide, "IAM JSON policy elements reference"). */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action?: OneOrMany<string>;
  readonly NotAction?: OneOrMany<string>;
  readonly Resource?: OneOrMany<string>;
  readonly NotResource?: OneOrMany<string>;
  readonly Principal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMany<string | boolean | number>>>>>;
}

/** A policy document. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: OneOrMany<PolicyStatement>;
}

/** The statements of a policy's text; a text that is no policy has none, and so allows nothing. */
export function parsePolicy(text: string): PolicyDocument {
  try {
    const value = JSON.parse(text) as PolicyDocument | null;
    return typeof value === "object" && value !== null && value.Statement !== undefined ? value : { Statement: [] };
  } catch {
    return { Statement: [] };
  }
}

/** A value or list as a list. */
export function many<T>(value: OneOrMany<T> | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
