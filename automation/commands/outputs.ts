import { parseOptions } from "../client/command-options";
import type { CommandContext } from "../core/command-context";
import { platformOutputs, runPlatform } from "../runner/platform-stack";
import { openProject } from "../runner/project";
import { environmentOptions, environmentRequest, type EnvironmentOptions } from "./environment-options";

/** `sallyport outputs`: what the platform stack says, one JSON document on stdout. */
export async function run(args: string[], context: CommandContext): Promise<number> {
  const parsed = parseOptions(
    (command) =>
      environmentOptions(
        command.name("sallyport outputs").description("Print an environment's outputs as one JSON document."),
      ),
    args,
    context,
  );
  if (!parsed) return 0;
  const options = parsed.opts<EnvironmentOptions>();
  const project = await openProject(environmentRequest(options, context), context);
  const result = await runPlatform(
    {
      operation: "outputs",
      ...project,
      environmentText: project.files.environmentText,
      programFolder: options.program,
    },
    context,
  );
  context.stdout(`${JSON.stringify(platformOutputs(result, options.env), undefined, 2)}\n`);
  return 0;
}
