import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, renameSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { listen, LONGEST_SOCKET_PATH, socketFile } from "../../../../automation/proxy/listen";
import { inTemporaryFolder } from "../../../support/temporary-folder";

describe("where a proxy listens", () => {
  const servers: net.Server[] = [];
  const start = (at: Parameters<typeof listen>[1]): Promise<number> => {
    const server = net.createServer((socket) => socket.destroy());
    servers.push(server);
    return listen(server, at);
  };
  const stop = async (): Promise<void> => {
    for (const server of servers.splice(0)) await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  afterEach(stop);

  it("any free port of loopback", async () => {
    const port = await start({ kind: "tcp", host: "127.0.0.1", port: 0 });
    assert.ok(port > 0);
    assert.equal((servers[0]?.address() as net.AddressInfo).address, "127.0.0.1");
  });

  it("not on a taken port, which it names with the way out", async () => {
    const port = await start({ kind: "tcp", host: "127.0.0.1", port: 0 });
    await assert.rejects(start({ kind: "tcp", host: "127.0.0.1", port }), {
      code: "PROXY_PORT_TAKEN",
      exitCode: 2,
      message: `Port ${port} of 127.0.0.1 is taken.`,
      next: "choose another with --port, or end whoever holds it",
    });
  });

  it("a socket that only this user can open, in a folder that it makes", () =>
    inTemporaryFolder(async (root) => {
      const folder = path.join(root, "run");
      assert.equal(await start({ kind: "socket", folder, port: 5433 }), 5433);
      assert.equal(statSync(folder).mode & 0o777, 0o700);
      assert.equal(statSync(path.join(folder, ".s.PGSQL.5433")).mode & 0o777, 0o600);
      await stop();
      assert.equal(existsSync(path.join(folder, ".s.PGSQL.5433")), false);
    }));

  it("not on a socket that somebody answers", () =>
    inTemporaryFolder(async (folder) => {
      await start({ kind: "socket", folder, port: 1 });
      await assert.rejects(start({ kind: "socket", folder, port: 1 }), {
        code: "PROXY_PORT_TAKEN",
        message: `The socket ${socketFile(folder, 1)} is taken.`,
      });
    }));

  it("over a stale socket that nobody answers", () =>
    inTemporaryFolder(async (folder) => {
      // A socket whose process died without removing it: bound here, and closed by its handle alone.
      const dead = path.join(folder, "dead");
      const server = net.createServer().listen(dead);
      await new Promise((resolve) => server.once("listening", resolve));
      renameSync(dead, socketFile(folder, 1));
      await new Promise((resolve) => server.close(resolve));
      assert.ok(statSync(socketFile(folder, 1)).isSocket());
      await start({ kind: "socket", folder, port: 1 });
    }));

  it("not in place of a file that is no socket", () =>
    inTemporaryFolder(async (folder) => {
      writeFileSync(socketFile(folder, 1), "mine");
      await assert.rejects(start({ kind: "socket", folder, port: 1 }), {
        code: "PROXY_SOCKET_PATH",
        message: `${socketFile(folder, 1)} is there and is not a socket.`,
      });
    }));

  for (const mode of [0o750, 0o701, 0o777])
    it(`not in a folder of mode 0${mode.toString(8)}`, () =>
      inTemporaryFolder(async (folder) => {
        chmodSync(folder, mode);
        await assert.rejects(start({ kind: "socket", folder, port: 1 }), {
          code: "PROXY_SOCKET_PATH",
          exitCode: 2,
          message: `Others can enter the folder ${folder} (mode 0${mode.toString(8)}); it must be 0700.`,
        });
      }));

  it("not behind a link, nor where a file is", () =>
    inTemporaryFolder(async (root) => {
      mkdirSync(path.join(root, "real"), { mode: 0o700 });
      symlinkSync(path.join(root, "real"), path.join(root, "link"));
      writeFileSync(path.join(root, "file"), "");
      await assert.rejects(start({ kind: "socket", folder: path.join(root, "link"), port: 1 }), {
        code: "PROXY_SOCKET_PATH",
        message: `${path.join(root, "link")} is not a folder of its own.`,
      });
      await assert.rejects(start({ kind: "socket", folder: path.join(root, "file"), port: 1 }), {
        code: "PROXY_SOCKET_PATH",
        message: `The folder ${path.join(root, "file")} cannot be made (EEXIST).`,
      });
    }));

  it("a path of the longest length, not of one byte more", () =>
    inTemporaryFolder(async (root) => {
      const filler = "x".repeat(LONGEST_SOCKET_PATH - socketFile(path.join(root, "a"), 1).length + 1);
      await start({ kind: "socket", folder: path.join(root, filler), port: 1 });
      const file = socketFile(path.join(root, `${filler}x`), 1);
      await assert.rejects(start({ kind: "socket", folder: path.join(root, `${filler}x`), port: 1 }), {
        code: "PROXY_SOCKET_PATH",
        message: `${file} is longer than ${LONGEST_SOCKET_PATH} bytes, the longest path of a socket.`,
      });
    }));
});
