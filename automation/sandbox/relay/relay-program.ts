/** What a relay finds beside itself, in a file of mode 0600. */
export interface RelayOrder {
  /** The sandbox's control address, e.g. `http://127.0.0.1:4566/_sandbox`. */
  readonly controlUrl: string;
  readonly token: string;
  /** Pulumi package, e.g. `aws`. */
  readonly package: string;
  readonly version: string;
}

/**
 * The relay: stands where the engine looks for a provider plugin and is started once per provider instance. It hands the AWS_* and
 * PG* variables that it inherited to the sandbox, prints the port that it gets for this instance, and holds the request open; its
 * end, however it comes, ends the request, and so the sandbox closes the instance.
 *
 * Its text becomes a script of its own that runs on any Node ≥ 20: it may use nothing outside itself but `load` (= `require`).
 */
export function relayProgram(load: NodeJS.Require, folder: string): void {
  const http = load("node:http") as typeof import("node:http");
  const fs = load("node:fs") as typeof import("node:fs");
  const path = load("node:path") as typeof import("node:path");
  const order = JSON.parse(fs.readFileSync(path.join(folder, "relay.json"), "utf8")) as RelayOrder;
  const fail = (message: string): void => {
    process.stderr.write(`pulumi-resource-${order.package}: SANDBOX: ${message}\n`);
    process.exit(1);
  };
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(AWS_|PG)/.test(name)));
  const body = JSON.stringify({ package: order.package, version: order.version, environment });
  const headers = {
    authorization: `Bearer ${order.token}`,
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
  };
  const request = http.request(`${order.controlUrl}/providers`, { method: "POST", headers, agent: false });
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    request.destroy();
    process.exit(0);
  };
  // The engine starts each plugin in a process group of its own and ends it by SIGINT (sdk/go/common/resource/plugin), or by dying;
  // without an answer it waits 5 s for each. A terminal's Ctrl-C does not reach that group.
  process.on("SIGTERM", end).on("SIGINT", end);
  process.stdin.on("end", end).on("close", end).on("error", end).resume();
  let answered = false;
  request.on(
    "error",
    (error) => ending || answered || fail(`no sandbox answers (${error.message}); sallyport sandbox start`),
  );
  request.on("response", (response) => {
    answered = true;
    let text = "";
    let printed = false;
    response.setEncoding("utf8");
    response.on("data", (chunk: string) => {
      text += chunk;
      const line = text.indexOf("\n");
      if (printed || response.statusCode !== 200 || line < 0) return;
      printed = true;
      process.stdout.write(`${String((JSON.parse(text.slice(0, line)) as { port: number }).port)}\n`);
    });
    response.on("error", () => undefined);
    response.on("close", () => {
      if (ending) return;
      fail(response.statusCode === 200 ? "the sandbox has ended" : `${String(response.statusCode)} ${text.trim()}`);
    });
  });
  request.end(body);
}

/** The script's text. */
export function relayScript(): string {
  return `#!/usr/bin/env node\n"use strict";\n(${relayProgram.toString()})(require, __dirname);\n`;
}
