import { openTestPool } from "./postgres-pool";

// A process that claims a PostgreSQL and then only lives: tests kill it and look what becomes of the server.
void openTestPool().then(async ({ pool, folder }) => {
  const server = await pool.claim();
  process.stdout.write(`${JSON.stringify({ folder, socket: server.socket, guardPid: server.guardPid })}\n`);
  setInterval(() => undefined, 60_000);
});
