import { readFile } from "node:fs/promises";
import { formatProblem } from "../../infra/contract/result";
import { readConfiguration, RULES, type Configuration } from "../../policies/library";
import { SallyportError } from "../core/errors";
import { terminalText } from "../core/terminal-text";

/**
 * The configuration of a file for `pulumi --policy-pack-config`.
 *
 * @throws SallyportError POLICY_CONFIG_INVALID
 */
export async function readConfigurationFile(file: string): Promise<Configuration> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    throw new SallyportError("POLICY_CONFIG_INVALID", { message: `${file} cannot be read.`, cause });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SallyportError("POLICY_CONFIG_INVALID", { message: `${file} is not JSON.` });
  }
  return checkedConfiguration(value, file);
}

/**
 * A configuration, checked by the pack.
 *
 * @param from - what it is called in the error
 * @throws SallyportError POLICY_CONFIG_INVALID with every problem
 */
export function checkedConfiguration(value: unknown, from: string): Configuration {
  const result = readConfiguration(RULES, value);
  if (result.ok) return result.value;
  const count = result.problems.length === 1 ? "1 problem" : `${result.problems.length} problems`;
  throw new SallyportError("POLICY_CONFIG_INVALID", {
    message: [`${from} has ${count}.`, ...result.problems.map((problem) => terminalText(formatProblem(problem)))].join(
      "\n",
    ),
  });
}
