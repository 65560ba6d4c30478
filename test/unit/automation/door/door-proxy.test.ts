import assert from "node:assert/strict";
import { Client } from "pg";
import { systemClock } from "../../../../automation/core/clock";
import { SallyportError } from "../../../../automation/core/errors";
import { openDoorProxy } from "../../../../automation/door/door-proxy";

describe("a proxy through a door", () => {
  it("opens a verified stream and makes a token for each connection, and tells a failure in the client's own words", async () => {
    const asked: string[] = [];
    const proxy = await openDoorProxy({
      door: {
        openSecureStream: async () => {
          asked.push("stream");
          throw new SallyportError("TUNNEL_DIAL_TIMEOUT", { message: "The bastion got no answer from the cluster." });
        },
        password: async (user) => (asked.push(user), "token"),
      },
      user: "jane@example.com",
      database: "app",
      listen: { kind: "tcp", host: "127.0.0.1", port: 0 },
      secret: "local-secret",
      clock: systemClock,
      randomBytes: (size) => Buffer.alloc(size, 7),
      report: () => undefined,
    });
    try {
      const { host, port } = proxy;
      const client = new Client({ host, port, user: "jane@example.com", password: "local-secret", database: "app" });
      client.on("error", () => undefined);
      await assert.rejects(client.connect(), /The bastion got no answer from the cluster\./);
      assert.deepEqual(asked, ["stream"]);
    } finally {
      await proxy.close();
    }
  });
});
