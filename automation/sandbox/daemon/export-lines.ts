/**
 * A text as one word of a POSIX shell.
 *
 * @example shellWord("it's") // `'it'\''s'`
 */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** `export NAME='value'` lines for `eval`, sorted as given. Names that no shell would take are refused. */
export function exportLines(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => {
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`${name} is no variable's name`);
      return `export ${name}=${shellWord(value)}\n`;
    })
    .join("");
}
