import path from "node:path";
import { addressVariables } from "../client/client-environment";
import { parseOptions } from "../client/command-options";
import { connectionLines, exportLines } from "../client/connection-lines";
import { proxyAddress, serveProxies, type ServedProxy, type ServeRequest } from "../client/serve-proxy";
import type { CommandContext } from "../core/command-context";
import { SallyportError } from "../core/errors";
import { doorOptions, doorRequest, type DoorFlags } from "./door-options";
import { writeResult } from "./result-line";

interface Options extends DoorFlags {
  readonly port?: string;
  readonly socket?: string;
  readonly printEnv?: boolean;
  readonly rotateSecret?: boolean;
  readonly showSecret?: boolean;
  readonly maxConnections?: string;
}

const HELP = `
The port is the same every time for the same person, database and environment, so that the settings
of a GUI stay valid. The password is the local secret: it opens this machine's port, not the
database, and lies in a file that only you can read. Behind the port each connection gets a fresh
token and verified TLS. When the network, the bastion or the sign-in is lost, the port stays: open
connections go on where they were if AWS lets them, new ones wait for up to --connect-timeout.

Examples:
  sallyport proxy
  sallyport proxy app/app@reader --role readonly --port 15432
  sallyport proxy app app@reader                    (writer and reader, a port for each)
  eval "$(sallyport proxy --print-env)" && psql     (in a second terminal)

Exit codes: 0 ended by Ctrl-C or SIGTERM, 2 port taken or say which role or target, 5 not signed in
or not permitted, 6 cannot reach, 130/143 ended before it was ready.
More: sallyport exec -- PROGRAM opens a port for one program only.`;

/**
 * `sallyport proxy [TARGET…]`: keeps a local port (or socket) open for each target until Ctrl-C or SIGTERM. Those are its only ends, so they are no
 * failure: once it was ready, it closes connections, port and tunnel and answers 0; before that, 130 or 143 as everywhere.
 */
export async function run(args: string[], context: CommandContext): Promise<number> {
  const parsed = parseOptions(
    (command) =>
      doorOptions(command.name("sallyport proxy"), "[targets...]")
        .usage("[target…] [options]")
        .description("Keep a local port open to each of some private databases, for psql, GUIs and drivers.")
        .optionsGroup("Where it listens:")
        .option("--port <number>", "the port of 127.0.0.1; 0 = any free one")
        .option("--socket <folder>", "a socket in a folder of mode 0700 instead; needs no secret")
        .option("--max-connections <n>", "more at once are refused", "100")
        .optionsGroup("The local secret:")
        .option("--rotate-secret", "make a new one; proxies that run keep the old one")
        .option("--show-secret", "print it")
        .option("--print-env", "print the variables for a shell and end; open nothing")
        .addHelpText("after", HELP),
    args,
    context,
  );
  if (!parsed) return 0;
  const options = parsed.opts<Options>();
  const requests = serveRequests(parsed.args, options, context);
  const [request] = requests;
  if (options.printEnv === true && request) {
    const { at, secret } = await proxyAddress(request, context);
    context.stdout(exportLines(addressVariables(at), secret?.file));
    return 0;
  }
  await serveProxies(requests, context, (proxy) => {
    tell(proxy, options.showSecret === true, context);
  });
  writeResult(context, {});
  return 0;
}

/** One for each target; the only target need not be named. */
function serveRequests(targets: readonly string[], options: Options, context: CommandContext): ServeRequest[] {
  if (targets.length > 1 && (options.port !== undefined || options.printEnv))
    throw new SallyportError("USAGE", {
      message: `${options.printEnv ? "--print-env" : "--port"} is for one target; here are ${targets.length}.`,
    });
  const [first, ...others] = targets;
  // One secret opens all: it is made anew once.
  const kept = { ...options, rotateSecret: false };
  return [serveRequest(first, options, context), ...others.map((target) => serveRequest(target, kept, context))];
}

function serveRequest(target: string | undefined, options: Options, context: CommandContext): ServeRequest {
  const { socket, printEnv, rotateSecret, showSecret } = options;
  const port = whole("--port", options.port, 0, 65_535);
  if (socket !== undefined && (rotateSecret || showSecret))
    throw new SallyportError("USAGE", {
      message: "A socket needs no secret: leave --rotate-secret and --show-secret out.",
    });
  if (showSecret && context.json)
    throw new SallyportError("USAGE", { message: "--show-secret is for people; with --json read the secretFile." });
  if (port === 0 && (printEnv || socket !== undefined))
    throw new SallyportError("USAGE", {
      message: "--port 0 is known only when the proxy listens: name one, or leave it out.",
    });
  return {
    ...doorRequest(target, options),
    port,
    socketFolder: socket === undefined ? undefined : path.resolve(context.cwd, socket),
    rotateSecret: rotateSecret === true,
    maxConnections: whole("--max-connections", options.maxConnections, 1, 10_000),
  };
}

function tell({ at, secret, target }: ServedProxy, showSecret: boolean, context: CommandContext): void {
  const { psql, jdbc } = connectionLines(at, secret?.file);
  context.reporter.report({
    type: "proxy.ready",
    stage: "Proxy",
    mark: "done",
    text: `${target} as ${at.user}; Ctrl-C ends it`,
    data: { ...at, ...(secret ? { secretFile: secret.file } : {}), psql, ...(jdbc === undefined ? {} : { jdbc }) },
  });
  if (context.json) return;
  const line = (name: string, value: string): string => `  ${name.padEnd(10)} ${value}\n`;
  context.stdout(line(secret ? "Host" : "Socket in", at.host) + line("Port", String(at.port)));
  context.stdout(line("User", at.user) + line("Database", at.database));
  if (secret && showSecret) context.stdoutUnredacted(line("Password", secret.secret));
  else if (secret) context.stdout(line("Password", `${secret.fresh ? "new, " : ""}in ${secret.file}`));
  context.stdout(`\n${line("psql", psql)}${jdbc === undefined ? "" : line("JDBC", jdbc)}`);
}

function whole(option: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (number >= least && number <= most) return number;
  throw new SallyportError("USAGE", { message: `${option} ${text}: write a whole number from ${least} to ${most}.` });
}
