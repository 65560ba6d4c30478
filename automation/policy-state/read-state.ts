import { readFile } from "node:fs/promises";
import { formatProblem } from "../../infra/contract/result";
import { SallyportError } from "../core/errors";
import { terminalText } from "../core/terminal-text";
import { stateResources, type StackState } from "./state-resources";

/**
 * Reads a file that `pulumi stack export` has written.
 *
 * @throws SallyportError STATE_INVALID
 */
export async function readStateFile(file: string): Promise<StackState> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    throw new SallyportError("STATE_INVALID", { message: `${file} cannot be read.`, cause });
  }
  return parseState(text, file);
}

/**
 * The resources of an exported state. Errors show nothing of its content: a parser's own words would quote it.
 *
 * @param from - what it is called in errors: a file, or `the stack dev`
 * @throws SallyportError STATE_INVALID with every problem
 */
export function parseState(text: string, from: string): StackState {
  let exported: unknown;
  try {
    exported = JSON.parse(text);
  } catch {
    throw new SallyportError("STATE_INVALID", { message: `${from} is not JSON.` });
  }
  const result = stateResources(exported);
  if (result.ok) return result.value;
  const lines = result.problems.slice(0, MOST_PROBLEMS).map((problem) => terminalText(formatProblem(problem)));
  const more = result.problems.length - lines.length;
  if (more > 0) lines.push(`and ${more} more`);
  throw new SallyportError("STATE_INVALID", { message: [`${from} is no stack export.`, ...lines].join("\n") });
}

/** A file of another kind has the same problem at each entry. */
const MOST_PROBLEMS = 20;
