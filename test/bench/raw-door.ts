import { randomBytes } from "node:crypto";
import { createServer, type AddressInfo } from "node:net";
import { openPersonDoor } from "../../automation/client/open-person-door";
import { systemClock } from "../../automation/core/clock";
import { Redactor } from "../../automation/core/redactor";
import { silentReporter } from "../../automation/core/events";

// A plain port through an open door, as `aws ssm start-session` with the plugin would open it: no authentication, no TLS of ours.
// Prints {host, port} of itself and of the database, and lives until its stdin ends.
openPersonDoor(
  {
    target: undefined,
    env: undefined,
    estate: undefined,
    role: "developer",
    connectTimeoutMs: 15_000,
    allowOverride: false,
  },
  {
    cwd: process.cwd(),
    env: process.env,
    stdout: () => undefined,
    stderr: () => undefined,
    stdoutUnredacted: () => undefined,
    reporter: silentReporter,
    clock: systemClock,
    randomBytes,
    signal: new AbortController().signal,
    json: false,
    quiet: true,
    interactive: false,
    redactor: new Redactor(),
    cliCommand: [],
  },
).then(
  ({ door, found, target }) => {
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      void door.openStream().then((stream) => {
        stream.on("error", () => socket.destroy());
        socket.pipe(stream).pipe(socket);
      });
    });
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      const about = { port, host: door.host, user: found.login, database: target.database, region: target.door.region };
      process.stdout.write(`${JSON.stringify(about)}\n`);
    });
    process.stdin.on("end", () => void door.close().finally(() => process.exit(0))).resume();
  },
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  },
);
