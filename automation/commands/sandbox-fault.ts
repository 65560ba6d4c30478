import type { CommandContext } from "../core/command-context";
import { asSallyportError, SallyportError } from "../core/errors";
import { terminalText } from "../core/terminal-text";
import { askControl } from "../sandbox/daemon/control-client";
import type { FaultAnswer } from "../sandbox/daemon/fault-routes";
import { FAULTS, NO_FAULT, readFault, type FaultLine } from "../sandbox/faults/faults";
import { writeResult } from "./result-line";
import { runningSandbox } from "./sandbox-process";

const EXAMPLES = `
Examples:
  sallyport sandbox fault                       all faults and how they stand
  sallyport sandbox fault drop 5% to-client
  sallyport sandbox fault close 1006
  sallyport sandbox fault fail-over
  sallyport sandbox fault none                  AWS's behaviour again

Exit codes: 0 done, 2 no such fault or value, 6 no sandbox runs here.
`;

/**
 * `sallyport sandbox fault NAME [VALUE] …`: sets a fault of the running sandbox; without a name all faults and their present values,
 * with `none` back to AWS's behaviour.
 *
 * Errors: USAGE with everything that is wrong, SANDBOX_NOT_RUNNING, SANDBOX_CONTROL_REFUSED for an id that is not there.
 */
export async function sandboxFault(args: string[], context: CommandContext): Promise<number> {
  const [name, ...values] = args;
  if (name === "--help" || name === "-h") {
    context.stdout(faultHelp());
    return 0;
  }
  if (name !== undefined) check(name, values);
  const { file } = await runningSandbox(context.cwd);
  context.redactor.register(file.controlToken);
  if (name === undefined) {
    const faults = (await askControl(file, "GET faults")) as readonly FaultLine[];
    context.stdout(context.json ? `${JSON.stringify({ faults })}\n` : faultText(faults));
    return 0;
  }
  const { happened, faults } = (await askControl(file, "POST faults", { words: args }).catch((thrown: unknown) => {
    throw nothingThere(thrown, args);
  })) as FaultAnswer;
  const now = faults.find((fault) => fault.name === name)?.value ?? "";
  const text = name === NO_FAULT ? "no faults" : `${name} ${now === "" ? happened : now}`;
  context.reporter.report({ type: "sandbox.fault", stage: "Sandbox", mark: "done", text: terminalText(text.trim()) });
  writeResult(context, { fault: name, value: now, happened });
  return 0;
}

function check(name: string, values: readonly string[]): void {
  const problems =
    name === NO_FAULT ? values.map((value) => `${NO_FAULT}: ${JSON.stringify(value)} is one value too many`) : [];
  const read = name === NO_FAULT ? problems : readFault(name, values);
  if (typeof read === "function" || read.length === 0) return;
  const form = FAULTS.find((fault) => fault.name === name)?.form;
  throw new SallyportError("USAGE", {
    message: `sallyport sandbox fault: ${read.join("; ")}.`,
    ...(form === undefined ? {} : { likely: `It is written ${name} ${form}`.trimEnd() + "." }),
    next: "sallyport sandbox fault --help",
  });
}

/** The sandbox has nothing of the name that an order ends with: says what the order does without it. */
function nothingThere(thrown: unknown, args: readonly string[]): SallyportError {
  const error = asSallyportError(thrown);
  const { code, message, values } = error;
  if (values.status !== 404) return error;
  return new SallyportError(code, {
    message,
    values,
    likely: "It has ended, or its name is another. Without a name it happens to all of them.",
    next: ["sallyport sandbox fault", ...args.slice(0, -1)].join(" "),
  });
}

/** The faults and their present values, for people. Pure. */
export function faultText(faults: readonly FaultLine[]): string {
  const rows = faults.filter(({ value }) => value !== "");
  const width = Math.max(...rows.map(({ name }) => name.length));
  const once = faults.filter(({ value }) => value === "").map(({ name }) => name);
  const lines = rows.map(({ name, value }) => `${name.padEnd(width)}  ${terminalText(value)}\n`);
  return `${lines.join("")}\nwhen told: ${once.join(", ")}\n`;
}

/** The help, from the table. Pure. */
export function faultHelp(): string {
  const lines = FAULTS.map(({ name, form, meaning }) => `  ${`${name} ${form}`.trimEnd()}\n      ${meaning}\n`);
  const head = "Usage: sallyport sandbox fault [NAME [VALUE] …]\n\nFaults of the running sandbox.\n\n";
  return `${head}${lines.join("")}  ${NO_FAULT}\n      clears all of them\n${EXAMPLES}`;
}
