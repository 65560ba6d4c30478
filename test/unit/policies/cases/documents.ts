type Values = Record<string, unknown>;

/** A statement that allows; members given as undefined are left out. */
export const allow = (Action: unknown, Resource: unknown, more: Values = {}): Values => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});

/** A document as JSON text. */
export const text = (...statements: Values[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements.length === 1 ? statements[0] : statements });
