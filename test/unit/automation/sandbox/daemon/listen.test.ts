import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { listen } from "../../../../../automation/sandbox/daemon/listen";

describe("listening", () => {
  it("is on loopback alone, and its end ends every connection", async () => {
    const http = await listen(0);
    assert.deepEqual(http.server.address(), { address: "127.0.0.1", family: "IPv4", port: http.port });
    const socket = connect(http.port, "127.0.0.1");
    await once(socket, "connect");
    const closed = once(socket, "close");
    await http.close();
    await closed;
  });

  it("a port that is taken is named", async () => {
    const first = await listen(0);
    try {
      await assert.rejects(listen(first.port), {
        code: "SANDBOX_PORT_IN_USE",
        message: `Port ${first.port} of this machine is taken.`,
      });
    } finally {
      await first.close();
    }
  });

  it("a client that speaks no HTTP is dropped", async () => {
    const http = await listen(0);
    const socket = connect(http.port, "127.0.0.1").on("error", () => undefined);
    socket.resume().write("\u0016\u0003\u0001 no HTTP\r\n\r\n");
    await once(socket, "close");
    await http.close();
  });
});
