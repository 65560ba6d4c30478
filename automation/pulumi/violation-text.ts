import type { PolicyViolation } from "./engine-events";

/**
 * What a rule found, without its description: the engine puts that before it as a line of its own, the same for each finding.
 *
 * @example violationText({ message: "No port is open. Or else.\nport 22 is open. Write 443.", … }) // "port 22 is open. Write 443."
 */
export function violationText({ message }: Pick<PolicyViolation, "message">): string {
  const [first = "", ...found] = message.split("\n");
  return found.length === 0 ? first : found.join(" ");
}
