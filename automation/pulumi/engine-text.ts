/**
 * The engine's text without its colour directives (`<{%fg 1%}>`, `<{%reset%}>`) and ANSI sequences, trimmed; line breaks stay,
 * other control characters go.
 *
 * @example
 * engineText("<{%reset%}>error: \u001b[31mboom\u001b[0m<{%reset%}>\n") // "error: boom"
 */
export function engineText(text: string): string {
  return text
    .replace(/<\{%[^%]*%\}>/g, "")

    .replace(/\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g, "")

    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "")
    .trim();
}
