import { parseOptions } from "../client/command-options";
import type { CommandContext } from "../core/command-context";
import { SallyportError } from "../core/errors";
import { exportLines } from "../sandbox/daemon/export-lines";
import { personVariables } from "./sandbox-env-person";
import { pulumiLines } from "./sandbox-env-pulumi";

interface Options {
  readonly as?: string;
  readonly role?: string;
  readonly pulumi?: boolean;
}

const EXAMPLES = `
Examples:
  eval "$(sallyport sandbox env --as jane@example.com --role developer)" && aws sts get-caller-identity
  eval "$(sallyport sandbox env --pulumi)" && pulumi preview --expect-no-changes`;

/** `sallyport sandbox env`: `export` lines for a shell, with secrets in them: for `eval`, not for a log. */
export async function sandboxEnv(args: string[], context: CommandContext): Promise<number> {
  const parsed = parseOptions(
    (command) =>
      command
        .name("sallyport sandbox env")
        .description("Print export lines by which other tools work in the sandbox.")
        .option("--as <person>", "credentials of a person, through single sign-on")
        .option("--role <set>", "which permission set of the person's")
        .option("--pulumi", "what the Pulumi CLI needs, as the runner")
        .addHelpText("after", EXAMPLES),
    args,
    context,
  );
  if (!parsed) return 0;
  const { as, role, pulumi } = parsed.opts<Options>();
  if ((as === undefined) === (pulumi !== true)) {
    throw new SallyportError("USAGE", {
      message: "Say for whom: --as PERSON or --pulumi, one of the two.",
      next: "sallyport sandbox env --help",
    });
  }
  const lines = as === undefined ? await pulumiLines(context) : exportLines(await personVariables(as, role, context));
  context.stdoutUnredacted(lines);
  return 0;
}
