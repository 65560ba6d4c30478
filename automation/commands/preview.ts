import { parseOptions } from "../client/command-options";
import type { CommandContext } from "../core/command-context";
import { previewEnvironment } from "../runner/preview";
import { environmentOptions, environmentRequest, gateOf, type EnvironmentOptions } from "./environment-options";
import { withGateJob } from "./gate-job";
import { writeResult } from "./result-line";

interface Options extends EnvironmentOptions {
  readonly expectNoChanges?: boolean;
  readonly policies: boolean;
}

/** `sallyport preview`: access difference, policy gate, plans of platform and databases; touches nothing, wakes nothing. */
export async function run(args: string[], context: CommandContext): Promise<number> {
  const parsed = parseOptions(
    (command) =>
      environmentOptions(
        command
          .name("sallyport preview")
          .description(
            "Show what up would change in an environment. Reads the cloud and the directory, changes nothing.",
          ),
      )
        .option("--expect-no-changes", "exit code 4 if anything would change")
        .option("--no-policies", "without the policy gate; says so"),
    args,
    context,
  );
  if (!parsed) return 0;
  const options = parsed.opts<Options>();
  const request = {
    ...environmentRequest(options, context),
    policyPack: gateOf(options, context),
    expectNoChanges: options.expectNoChanges === true,
  };
  const summary = await withGateJob(context, (watched) => previewEnvironment(request, watched));
  writeResult(context, { env: options.env, ...summary });
  return 0;
}
