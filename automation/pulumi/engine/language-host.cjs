// The language host of a self-built Pulumi engine: a gRPC server of pulumirpc.LanguageRuntime that runs programs with the SDK's own
// runner, @pulumi/pulumi/cmd/run. The engine starts it in the program's folder with its own address as the last argument and reads
// the port from the first line of stdout.
"use strict";
const { spawn } = require("node:child_process");
const { createRequire } = require("node:module");
const path = require("node:path");

/** "Already reported": the runner printed the error itself (cmd/run/index.js). */
const ALREADY_REPORTED = 32;

/** The SDK of the program: node_modules of its folder or of one above it. */
function sdkOf(folder) {
  const find = createRequire(path.join(folder, "program.js"));
  try {
    const manifest = find.resolve("@pulumi/pulumi/package.json");
    // grpc-js is resolved from the SDK: it is the SDK's dependency, the program need not have it.
    return { version: find(manifest).version, require: createRequire(manifest) };
  } catch {
    process.stderr.write(
      `pulumi-language-nodejs: @pulumi/pulumi is not installed at or above ${folder} (node ${process.version}); run npm ci there\n`,
    );
    process.exit(1);
  }
}

const cwd = process.cwd();
const sdk = sdkOf(cwd);
const grpc = sdk.require("@grpc/grpc-js");
const language = sdk.require("./proto/language_pb.js");
const plugin = sdk.require("./proto/plugin_pb.js");
const services = sdk.require("./proto/language_grpc_pb.js");
const engineAddress = process.argv.at(-1);

/** One run of a program: its arguments and environment as the official host passes them. */
function runArguments(request, programFolder, entryPoint) {
  const args = [
    `--monitor=${request.getMonitorAddress()}`,
    `--engine=${engineAddress}`,
    `--organization=${request.getOrganization()}`,
    `--project=${request.getProject()}`,
    `--stack=${request.getStack()}`,
    `--pwd=${request.getPwd() || programFolder}`,
    `--parallel=${request.getParallel()}`,
    `--root-directory=${request.getInfo()?.getRootDirectory() || programFolder}`,
  ];
  if (request.getDryrun()) args.push("--dry-run=true");
  return [...args, path.join(programFolder, entryPoint), ...request.getArgsList()];
}

function runEnvironment(request, options) {
  const config = Object.fromEntries(request.getConfigMap().toArray());
  return {
    ...process.env,
    PULUMI_CONFIG: JSON.stringify(config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    // Without it Node strips types by itself: type errors pass and relative imports fail (cmd/run/run.js).
    ...(options.typescript === false ? {} : { PULUMI_NODEJS_TYPESCRIPT: "true" }),
  };
}

function run(call, callback) {
  const request = call.request;
  const programFolder = request.getInfo()?.getProgramDirectory() || request.getPwd() || cwd;
  // "." means "what package.json calls main": the runner looks it up itself.
  const entryPoint = request.getInfo()?.getEntryPoint() || request.getProgram() || ".";
  const options = request.getInfo()?.getOptions()?.toJavaScript() ?? {};
  const runner = sdkOf(programFolder).require.resolve("./cmd/run");
  // stdout must be the engine's, not ours: it is what the user's program prints.
  const child = spawn(process.execPath, [runner, ...runArguments(request, programFolder, entryPoint)], {
    cwd: request.getPwd() || programFolder,
    env: runEnvironment(request, options),
    stdio: ["ignore", "inherit", "inherit"],
  });
  const answer = (error, bail) => {
    const response = new language.RunResponse();
    if (error) response.setError(error);
    if (bail) response.setBail(true);
    callback(null, response);
  };
  child.on("error", (error) => answer(`node could not be started: ${error.message}`, false));
  child.on("exit", (code, signal) => {
    if (code === 0) answer("", false);
    else if (code === ALREADY_REPORTED) answer("", true);
    else answer(`Program exited with ${signal ? `signal ${signal}` : `non-zero exit code: ${code}`}`, false);
  });
}

const server = new grpc.Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
server.addService(services.LanguageRuntimeService, {
  handshake: (_call, callback) => callback(null, new language.LanguageHandshakeResponse()),
  getPluginInfo: (_call, callback) => {
    const info = new plugin.PluginInfo();
    info.setVersion(sdk.version);
    callback(null, info);
  },
  // Plugins come from the SDKs' versions as programs register providers: nothing to install beforehand.
  getRequiredPlugins: (_call, callback) => callback(null, new language.GetRequiredPluginsResponse()),
  getRequiredPackages: (_call, callback) => callback(null, new language.GetRequiredPackagesResponse()),
  run,
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
