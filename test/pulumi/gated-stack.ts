import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Engine } from "../../automation/pulumi/engine/ensure-engine";
import { emptyFold, foldEvent, type EngineEventLike, type EngineFold } from "../../automation/pulumi/engine-events";
import { openStack } from "../../automation/pulumi/open-stack";
import { builtCli } from "../support/cli-run";
import { ROOT } from "../support/source-files";
import type { Program } from "./policy-programs/made";
import { startToyProvider, type ToyProvider } from "./toy-provider";
import { makeStage } from "./toy-stack";

/** The compiled policy pack: the engine is given what is shipped. */
export function builtPack(): string {
  builtCli();
  return path.join(ROOT, "policies");
}

/** A stack of its own in the real engine, on a provider that makes anything, under the policy pack. */
export interface GatedStack {
  readonly toy: ToyProvider;
  /** What the events of the last run said, whether it went through or not. */
  fold(): EngineFold;
  /** Runs a program; `configuration` is the pack's, by rule. */
  run(operation: "preview" | "up", program: Program, configuration?: Readonly<Record<string, unknown>>): Promise<void>;
  close(): Promise<void>;
}

/** Makes one. The caller closes it. */
export async function gatedStack(name: string, engine: Engine): Promise<GatedStack> {
  // The provider of AWS tells each id among the outputs.
  const toy = await startToyProvider((_, id) => ({ id }));
  const stage = makeStage(name);
  let fold = emptyFold;
  return {
    toy,
    fold: () => fold,
    run: async (operation, program, configuration = {}) => {
      fold = emptyFold;
      const config = path.join(stage.folder, "policy-config.json");
      writeFileSync(config, JSON.stringify(configuration));
      const stack = await openStack({
        engine,
        project: "toy",
        stack: "dev",
        workDir: stage.workDir,
        config: {},
        env: stage.env(toy.attach.replace(/^toy:/, "aws:")),
        program,
      });
      const onEvent = (event: unknown): void => void (fold = foldEvent(fold, event as EngineEventLike));
      await stack[operation]({ policyPacks: [path.join(ROOT, "policies")], policyPackConfigs: [config], onEvent });
    },
    close: async () => {
      await toy.close();
      stage.remove();
    },
  };
}
