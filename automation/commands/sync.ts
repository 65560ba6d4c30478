import { parseOptions } from "../client/command-options";
import type { CommandContext } from "../core/command-context";
import { syncEnvironment } from "../runner/sync";
import { convergeOptions, convergeRequest, demandYes, type ConvergeFlags } from "./environment-options";
import { writeResult } from "./result-line";

const EXAMPLES = `
Examples:
  sallyport sync --env prod --yes                      on a schedule
  sallyport sync --env prod --yes --allow-removals 25  a whole department moves

Exit codes: 0 done, 2 many would lose access at once, 5 not permitted, 6 cannot reach, 7 part done: run it again.`;

/** `sallyport sync`: the databases follow the directory; the platform stays as it is. */
export async function run(args: string[], context: CommandContext): Promise<number> {
  const parsed = parseOptions(
    (command) =>
      convergeOptions(
        command
          .name("sallyport sync")
          .description("Bring the databases to who is in the directory now. The platform stays as it is."),
      ).addHelpText("after", EXAMPLES),
    args,
    context,
  );
  if (!parsed) return 0;
  const options = parsed.opts<ConvergeFlags>();
  const question = `Change who may log in to the databases of ${options.env}?`;
  await demandYes(options, context, { command: "sync", done: "changed", question });
  writeResult(context, {
    env: options.env,
    database: await syncEnvironment(convergeRequest(options, context), context),
  });
  return 0;
}
