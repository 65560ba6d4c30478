import os from "node:os";
import { systemClock } from "../../automation/core/clock";
import { lineReporter } from "../../automation/core/report-writer";
import { defaultEngineCache, ensureEngine } from "../../automation/pulumi/engine/ensure-engine";

// Finds the Pulumi engine or makes it, before any level that needs it: a cold build takes minutes, which is no test's time.
ensureEngine({
  env: process.env,
  cacheDir: defaultEngineCache(process.env, os.homedir()),
  clock: systemClock,
  reporter: lineReporter((line) => void process.stdout.write(line), { ascii: true, dim: false }),
  consent: "yes",
  install: true,
}).then(
  ({ version, origin }) => void process.stdout.write(`  engine ${version} (${origin})\n`),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  },
);
