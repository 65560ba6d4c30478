import { durationOption, parseOptions } from "../client/command-options";
import type { CommandContext } from "../core/command-context";
import { destroyEnvironment } from "../runner/destroy";
import { demandYes, environmentOptions, environmentRequest, type EnvironmentOptions } from "./environment-options";
import { writeResult } from "./result-line";

/** `sallyport destroy`: takes an environment down; a final snapshot of each cluster stays. */
export async function run(args: string[], context: CommandContext): Promise<number> {
  const parsed = parseOptions(
    (command) =>
      environmentOptions(
        command
          .name("sallyport destroy")
          .description("Take an environment down. A final snapshot of each cluster stays."),
      )
        .option("-y, --yes", "do not ask")
        .option("--connect-timeout <time>", "for each wait on the way to a database", "15s"),
    args,
    context,
  );
  if (!parsed) return 0;
  const options = parsed.opts<EnvironmentOptions & { readonly connectTimeout: string }>();
  await demandYes(options, context, { command: "destroy", done: "destroyed", question: `Destroy ${options.env}?` });
  const changes = await destroyEnvironment(
    {
      ...environmentRequest(options, context),
      connectTimeoutMs: durationOption("--connect-timeout", options.connectTimeout),
    },
    context,
  );
  writeResult(context, { env: options.env, changes });
  return 0;
}
