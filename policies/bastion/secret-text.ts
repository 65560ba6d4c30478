/** What gives a secret away in a script, and its name in a message. */
const SIGNS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["an access key id", /\b(AKIA|ASIA)[A-Z0-9]{16}\b/],
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY/],
  // A value that is fetched when the script runs is none: $(…), `…`, $NAME, ${NAME}.
  [
    "a password or token",
    /(pass(wor|w)?d|passphrase|secret(_?access)?_?key|(?<!no)secret|token|api_?key)["']?\s*[=:]\s*["']?(?![$`\s"']|true\b|false\b|required\b|optional\b)\S/i,
  ],
  ["a password or token", /--?(pass(wor|w)?d|token)[ =]["']?(?![$`\s"'-])\S/i],
  ["a password in an address", /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:(?![$`])[^\s/@]+@/i],
];

/**
 * What a text seems to give away, in fixed words; undefined for nothing. Never a part of the text.
 *
 * @example secretIn("export PGPASSWORD=hunter2") // "a password or token"
 * @example secretIn("PGPASSWORD=$(fetch)") // undefined
 */
export function secretIn(text: string): string | undefined {
  return SIGNS.find(([, pattern]) => pattern.test(text))?.[0];
}
