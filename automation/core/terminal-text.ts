/**
 * Text from outside made safe for a terminal line: ANSI sequences and control characters (C0, C1, bidirectional overrides) are
 * removed, line breaks become spaces.
 *
 * @example
 * terminalText("a\u001b[31mred\nb") // "ared b"
 */
export function terminalText(outside: string): string {
  return outside
    .replace(/\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g, "")
    .replace(/[\r\n\t]+/g, " ")
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
}
