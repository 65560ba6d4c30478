import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { systemClock } from "../../automation/core/clock";
import { silentReporter } from "../../automation/core/events";
import { defaultEngineCache, ensureEngine, type Engine } from "../../automation/pulumi/engine/ensure-engine";
import { ROOT } from "../support/source-files";

// The SDK keeps two globals of its own; declared before mocha notes which there are, they are no leak.
Object.assign(globalThis, { stackResource: undefined, globalStore: undefined });

/** A folder, a file backend and an environment for toy stacks. Inside the repository, so that node_modules is found upwards. */
export interface ToyStage {
  readonly folder: string;
  readonly workDir: string;
  readonly backendUrl: string;
  env(attach: string): Record<string, string>;
  remove(): void;
}

/** The engine of this machine; made when there is none. */
export function testEngine(): Promise<Engine> {
  return ensureEngine({
    env: process.env,
    cacheDir: defaultEngineCache(process.env, os.homedir()),
    clock: systemClock,
    reporter: silentReporter,
    consent: "yes",
    install: true,
  });
}

/** A stage of its own for one test. */
export function makeStage(name: string): ToyStage {
  const base = path.join(ROOT, ".sallyport", "test");
  mkdirSync(base, { recursive: true, mode: 0o700 });
  const folder = mkdtempSync(path.join(base, `${name}-`));
  const backend = path.join(folder, "state");
  const passphrase = path.join(folder, "passphrase");
  mkdirSync(backend);
  writeFileSync(passphrase, "correct horse battery staple", { mode: 0o600 });
  const backendUrl = `file://${backend}`;
  return {
    folder,
    workDir: path.join(folder, "stack"),
    backendUrl,
    env: (attach) => ({
      PATH: process.env.PATH ?? "",
      HOME: os.homedir(),
      PULUMI_HOME: path.join(folder, "home"),
      PULUMI_BACKEND_URL: backendUrl,
      PULUMI_CONFIG_PASSPHRASE_FILE: passphrase,
      PULUMI_DEBUG_PROVIDERS: attach,
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
