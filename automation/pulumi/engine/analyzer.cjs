// The policy analyzer of a self-built Pulumi engine: runs a policy pack with the SDK's own runner, @pulumi/pulumi/cmd/run-policy-pack.
// The engine starts it in the pack's folder as `pulumi-analyzer-policy <engine address> <pack folder>`, reads the port from stdout
// and ends it with a signal.
"use strict";
const { createRequire } = require("node:module");
const path = require("node:path");

const pack = path.resolve(process.argv[3] ?? ".");

function runnerOf(folder) {
  try {
    const manifest = createRequire(path.join(folder, "pack.js")).resolve("@pulumi/pulumi/package.json");
    return createRequire(manifest).resolve("./cmd/run-policy-pack");
  } catch {
    process.stderr.write(
      `pulumi-analyzer-policy: @pulumi/pulumi is not installed at or above ${folder} (node ${process.version}); run npm ci there\n`,
    );
    return process.exit(1);
  }
}

// In this very process: the runner reads the same arguments, and nothing is left over when the engine kills the analyzer.
require(runnerOf(pack));
