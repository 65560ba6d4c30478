import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { foreignCaller, refuseUpgrade, sessionArn } from "../../../../../automation/sandbox/agent/upgrade-verdict";
import type { PortSession } from "../../../../../automation/sandbox/account/ports";
import { CALLER } from "../../../../support/gateway-world";

const SESSION: PortSession = {
  id: "jane-01010101010101010",
  account: "000000000000",
  region: "eu-west-2",
  instanceId: "i-0123456789abcdef0",
  documentName: "d",
  host: "db",
  portNumber: "5432",
  localPortNumber: "0",
  owner: CALLER,
  startedAt: 1,
  state: "connecting",
};

describe("upgrade verdict", () => {
  it("names the session as IAM does", () => {
    assert.equal(sessionArn(SESSION), "arn:aws:ssm:eu-west-2:000000000000:session/jane-01010101010101010");
  });

  it("lets in the principal that started the session and nobody else", () => {
    assert.equal(foreignCaller(CALLER, SESSION), undefined);
    for (const other of [
      { ...CALLER, userId: "AROAEXAMPLE:mallory" },
      { ...CALLER, account: "000000000001" },
    ]) {
      assert.deepEqual(foreignCaller(other, SESSION), {
        ok: false,
        status: 403,
        code: "AccessDeniedException",
        message: `User: ${CALLER.arn} is not authorized to perform: ssmmessages:OpenDataChannel on resource: ${sessionArn(SESSION)}`,
      });
    }
  });

  it("is answered over HTTP with status, code and message", async () => {
    const socket = new PassThrough();
    refuseUpgrade(socket, { status: 403, code: "AccessDeniedException", message: "no" });
    const text = String(Buffer.concat(await socket.toArray()));
    assert.equal(
      text,
      'HTTP/1.1 403 Refused\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 16\r\nx-amzn-ErrorType: AccessDeniedException\r\n\r\n{"message":"no"}',
    );
  });
});
