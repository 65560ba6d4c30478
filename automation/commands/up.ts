import { durationOption, parseOptions } from "../client/command-options";
import type { CommandContext } from "../core/command-context";
import { SallyportError } from "../core/errors";
import { upEnvironment } from "../runner/up";
import { ask, consentOf, environmentOptions, type EnvironmentOptions } from "./environment-options";
import { writeResult } from "./result-line";

interface Options extends EnvironmentOptions {
  readonly wait: string;
  readonly connectTimeout: string;
}

const EXAMPLES = `
Examples:
  sallyport up                       the environment dev
  sallyport up --env prod --yes      without a question, e.g. in CI
  sallyport up --env dev --wait 20m  for a cluster that takes long

Exit codes: 0 done, 1 the engine failed, 2 the files have problems, 5 not permitted, 6 cannot reach, 7 part done: run it again.
More: sallyport preview shows what would change.`;

/** `sallyport up`: access, platform, door, provisioner, login roles, canary. Running it again continues what failed. */
export async function run(args: string[], context: CommandContext): Promise<number> {
  const parsed = parseOptions(
    (command) =>
      environmentOptions(
        command.name("sallyport up").description("Bring an environment to what access.yaml and Pulumi.<env>.yaml say."),
      )
        .option("-y, --yes", "do not ask")
        .option("--wait <time>", "how long to wait for the door and the clusters", "10m")
        .option("--connect-timeout <time>", "for each wait on the way to a database", "15s")
        .addHelpText("after", EXAMPLES),
    args,
    context,
  );
  if (!parsed) return 0;
  const options = parsed.opts<Options>();
  if (
    options.yes !== true &&
    !(context.interactive && (await ask(`Change ${options.env}? "sallyport preview" shows how.`, context)))
  ) {
    throw new SallyportError("USAGE", {
      message: `Nothing was done: ${options.env} is changed only with --yes or a yes at a terminal.`,
      next: `sallyport up --env ${options.env} --yes`,
    });
  }
  const report = await upEnvironment(
    {
      root: context.cwd,
      env: options.env,
      allowEndpointOverride: options.allowEndpointOverride === true,
      install: options.install,
      consent: consentOf(options, context),
      programFolder: options.program,
      waitMs: durationOption("--wait", options.wait),
      connectTimeoutMs: durationOption("--connect-timeout", options.connectTimeout),
    },
    context,
  );
  writeResult(context, { env: options.env, ...report });
  return 0;
}
