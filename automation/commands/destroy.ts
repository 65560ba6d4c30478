import { parseOptions } from "../client/command-options";
import type { CommandContext } from "../core/command-context";
import { SallyportError } from "../core/errors";
import { destroyEnvironment } from "../runner/destroy";
import { ask, consentOf, environmentOptions, type EnvironmentOptions } from "./environment-options";
import { writeResult } from "./result-line";

/** `sallyport destroy`: takes an environment down; a final snapshot of each cluster stays. */
export async function run(args: string[], context: CommandContext): Promise<number> {
  const parsed = parseOptions(
    (command) =>
      environmentOptions(
        command
          .name("sallyport destroy")
          .description("Take an environment down. A final snapshot of each cluster stays."),
      ).option("-y, --yes", "do not ask"),
    args,
    context,
  );
  if (!parsed) return 0;
  const options = parsed.opts<EnvironmentOptions>();
  if (options.yes !== true && !(context.interactive && (await ask(`Destroy ${options.env}?`, context)))) {
    throw new SallyportError("USAGE", {
      message: `Nothing was done: ${options.env} is destroyed only with --yes or a yes at a terminal.`,
      next: `sallyport destroy --env ${options.env} --yes`,
    });
  }
  const changes = await destroyEnvironment(
    {
      root: context.cwd,
      env: options.env,
      allowEndpointOverride: options.allowEndpointOverride === true,
      install: options.install,
      consent: consentOf(options, context),
      programFolder: options.program,
    },
    context,
  );
  writeResult(context, { env: options.env, changes });
  return 0;
}
