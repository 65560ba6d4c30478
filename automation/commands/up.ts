import { parseOptions } from "../client/command-options";
import type { CommandContext } from "../core/command-context";
import { upEnvironment } from "../runner/up";
import { convergeOptions, convergeRequest, demandYes, gateOf, type ConvergeFlags } from "./environment-options";
import { withGateJob } from "./gate-job";
import { writeResult } from "./result-line";

interface Options extends ConvergeFlags {
  readonly policies: boolean;
}

const EXAMPLES = `
Examples:
  sallyport up                       the environment dev
  sallyport up --env prod --yes      without a question, e.g. in CI
  sallyport up --env dev --wait 20m  for a cluster that takes long

Exit codes: 0 done, 1 the engine failed, 2 the files have problems, 3 stopped by a policy, 5 not permitted, 6 cannot reach,
            7 part done: run it again.
More: sallyport preview shows what would change.`;

/** `sallyport up`: access, policy gate, platform, door, provisioner, database stack, canary. Running it again continues. */
export async function run(args: string[], context: CommandContext): Promise<number> {
  const parsed = parseOptions(
    (command) =>
      convergeOptions(
        command.name("sallyport up").description("Bring an environment to what access.yaml and Pulumi.<env>.yaml say."),
      )
        .option("--no-policies", "without the policy gate; says so")
        .addHelpText("after", EXAMPLES),
    args,
    context,
  );
  if (!parsed) return 0;
  const options = parsed.opts<Options>();
  const question = `Change ${options.env}? "sallyport preview" shows how.`;
  await demandYes(options, context, { command: "up", done: "changed", question });
  const policyPack = gateOf(options, context);
  const report = await withGateJob(context, (watched) =>
    upEnvironment({ ...convergeRequest(options, context), policyPack }, watched),
  );
  writeResult(context, { env: options.env, ...report });
  return 0;
}
