// Tunnels under random trouble, every byte compared:   npm run soak -- --minutes N   (5 when left out)
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const minutes = minutesOf(process.argv.slice(2));
// Memory is judged after a collection, so that garbage does not count.
if (typeof globalThis.gc !== "function") {
  const again = ["--expose-gc", fileURLToPath(import.meta.url), "--minutes", String(minutes)];
  process.exit(spawnSync(process.execPath, again, { stdio: "inherit" }).status ?? 1);
}
const require = createRequire(import.meta.url);
require("ts-node/register/transpile-only");
const { soak } = require("./soak.ts");
const good = await soak(minutes, (line) => process.stdout.write(`${line}\n`));
process.exit(good ? 0 : 1);

function minutesOf(args) {
  const [option, value = "", ...more] = args;
  const number = option === undefined ? 5 : option === "--minutes" && more.length === 0 ? Number(value) : NaN;
  if (number > 0 && number <= 24 * 60) return number;
  process.stderr.write("✗ usage: npm run soak -- --minutes N   (more than 0, at most 1440)\n");
  process.exit(2);
}
