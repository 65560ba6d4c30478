import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { LocalWorkspace, Stack, type LocalWorkspaceOptions, type OutputMap } from "@pulumi/pulumi/automation";
import { engineCommand, type EngineCommand } from "./engine-command";
import { emptyFold, foldEvent, summarise, type EngineEventLike, type EngineFold } from "./engine-events";
import { engineFailure } from "./engine-failure";
import { heldResources, pendingOperations, settlePending } from "./pending-operations";
import type { AdoptedResource, RunOptions, RunOutcome, StackEngine, StackOutput, StackSettings } from "./stack-engine";
import { prepareWorkDir, readEncryption, splitConfig } from "./stack-workspace";

/**
 * Opens a stack in its private folder, making it when it is new. Settings are written as files there, so that no call of the engine
 * is spent on configuration but for secrets.
 *
 * @throws SallyportError ENGINE_FAILED, e.g. for a wrong passphrase
 */
export async function openStack(settings: StackSettings): Promise<StackEngine> {
  await prepareWorkDir(settings.workDir);
  const command = engineCommand({
    engine: settings.engine,
    env: settings.env,
    nodeFolder: path.dirname(process.execPath),
    ...(settings.readsOutputs === undefined ? {} : { readsOutputs: settings.readsOutputs }),
  });
  const { plain, secret } = splitConfig(settings.config);
  const encryption = await readEncryption(settings.workDir, settings.stack);
  const options: LocalWorkspaceOptions = {
    workDir: settings.workDir,
    pulumiCommand: command as unknown as NonNullable<LocalWorkspaceOptions["pulumiCommand"]>,
    program: settings.program,
    // `main` is left out on purpose: it would change the folder that the program runs in.
    projectSettings: { name: settings.project, runtime: "nodejs" },
    stackSettings: { [settings.stack]: { ...camelCased(encryption), config: { ...plain } } },
  };
  const name = `${settings.project}/${settings.stack}`;
  try {
    const workspace = await LocalWorkspace.create(options);
    const stack = await Stack.createOrSelect(settings.stack, workspace);
    for (const [key, value] of Object.entries(secret)) await stack.setConfig(key, { value, secret: true });
    return new AutomationStack(stack, command, settings, name);
  } catch (thrown) {
    throw engineFailure(thrown, { stack: name, operation: "opening", fold: emptyFold });
  }
}

/** The SDK writes these keys itself and takes them in its own spelling. */
function camelCased(encryption: Readonly<Record<string, string>>): Record<string, string> {
  const names: Readonly<Record<string, string>> = {
    secretsprovider: "secretsProvider",
    encryptedkey: "encryptedKey",
    encryptionsalt: "encryptionSalt",
  };
  return Object.fromEntries(Object.entries(encryption).map(([key, value]) => [names[key] ?? key, value]));
}

type Shared = { onEvent: (event: EngineEventLike) => void; signal?: AbortSignal; parallel?: number };

class AutomationStack implements StackEngine {
  constructor(
    private readonly stack: Stack,
    private readonly command: EngineCommand,
    private readonly settings: StackSettings,
    private readonly name: string,
  ) {}

  preview(options: RunOptions & { planFile?: string } = {}): Promise<RunOutcome> {
    return this.run("preview", options, (shared) => this.stack.preview({ ...shared, ...gates(options) }), true);
  }

  up(options: RunOptions & { planFile?: string } = {}): Promise<RunOutcome> {
    return this.run("up", options, (shared) => this.stack.up({ ...shared, ...gates(options) }));
  }

  destroy(options: RunOptions = {}): Promise<RunOutcome> {
    return this.run("destroy", options, (shared) => this.stack.destroy(shared));
  }

  refresh(options: RunOptions = {}): Promise<RunOutcome> {
    const expectNoChanges = options.expectNoChanges ?? false;
    return this.run("refresh", options, (shared) => this.stack.refresh({ ...shared, expectNoChanges }));
  }

  async settlePending(adopted: readonly AdoptedResource[], options: RunOptions = {}): Promise<RunOutcome> {
    const edited = settlePending(await this.exportStack(), adopted);
    const file = path.join(this.settings.workDir, "settled-state.json");
    try {
      await writeFile(file, JSON.stringify(edited), { mode: 0o600 });
      await this.guarded("import", () => this.cli(["stack", "import", "--file", file]));
    } finally {
      await rm(file, { force: true });
    }
    return this.refresh({ ...options, expectNoChanges: false });
  }

  async outputs(): Promise<Readonly<Record<string, StackOutput>>> {
    return this.guarded("outputs", async () => {
      return plainOutputs(await this.stack.outputs());
    });
  }

  async holds(): Promise<number> {
    return heldResources(await this.exportStack());
  }

  exportStack(): Promise<unknown> {
    return this.guarded("export", async () => JSON.parse(await this.cli(["stack", "export"])) as unknown);
  }

  async pendingOperations(): ReturnType<StackEngine["pendingOperations"]> {
    return pendingOperations(await this.exportStack());
  }

  async deleteLock(): Promise<void> {
    await this.guarded("cancel", () => this.cli(["cancel", "--yes"]));
  }

  private async cli(args: readonly string[]): Promise<string> {
    const end = await this.command.run([...args, "--stack", this.settings.stack], this.settings.workDir, {});
    return end.stdout;
  }

  private async guarded<T>(operation: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (thrown) {
      throw engineFailure(thrown, { stack: this.name, operation, fold: emptyFold });
    }
  }

  private async run(
    operation: string,
    options: RunOptions,
    work: (shared: Shared) => Promise<{ readonly stdout: string; readonly outputs?: OutputMap }>,
    planned = false,
  ): Promise<RunOutcome> {
    let fold: EngineFold = emptyFold;
    let outputs: OutputMap | undefined;
    const onEvent = (event: EngineEventLike): void => {
      fold = foldEvent(fold, event);
      options.onEvent?.(event);
    };
    const { signal, parallel } = options;
    try {
      signal?.throwIfAborted();
      ({ outputs } = await work({
        onEvent,
        ...(signal ? { signal } : {}),
        ...(parallel === undefined ? {} : { parallel }),
      }));
    } catch (thrown) {
      throw engineFailure(thrown, { stack: this.name, operation, fold, signal });
    }
    return { summary: summarise(fold, planned), fold, ...(outputs ? { outputs: plainOutputs(outputs) } : {}) };
  }
}

/** The SDK's outputs as plain values. */
function plainOutputs(outputs: OutputMap): Readonly<Record<string, StackOutput>> {
  return Object.fromEntries(
    Object.entries(outputs).map(([key, { value, secret }]) => [key, { value: value as unknown, secret }]),
  );
}

function gates(options: RunOptions & { planFile?: string }): {
  policyPacks?: string[];
  policyPackConfigs?: string[];
  expectNoChanges?: boolean;
  plan?: string;
} {
  const { policyPacks, policyPackConfigs, expectNoChanges, planFile } = options;
  return {
    ...(policyPacks && policyPacks.length > 0 ? { policyPacks: [...policyPacks] } : {}),
    ...(policyPackConfigs && policyPackConfigs.length > 0 ? { policyPackConfigs: [...policyPackConfigs] } : {}),
    ...(expectNoChanges ? { expectNoChanges } : {}),
    ...(planFile === undefined ? {} : { plan: planFile }),
  };
}
