import assert from "node:assert/strict";
import { sandboxStatus, statusText } from "../../../../automation/commands/sandbox-status";
import type { Status } from "../../../../automation/sandbox/daemon/deployed";
import { FakeAws } from "../../../support/fake-aws";
import { pretendSandbox } from "../../../support/fake-sandbox";
import { recordedContext } from "../../../support/recorded-context";
import { inTemporaryFolder } from "../../../support/temporary-folder";

const STATUS: Status = {
  clusters: { "sp-app": { host: "db.example", port: 5432, resourceId: "cluster-A" } },
  people: ["jane@example.com"],
  instances: ["i-1", "i-2", "i-3"],
  documents: ["sp-writer"],
  objects: { "aws:ec2/vpc:Vpc": 1 },
  agents: [
    { instance: "i-1", online: true, connected: true, reasons: [] },
    { instance: "i-2", online: true, connected: false, reasons: ["ssmmessages:OpenControlChannel: no Allow"] },
    { instance: "i-3", online: false, connected: false, reasons: ["the instance has no instance profile"] },
  ],
  providers: 0,
};

describe("sallyport sandbox status", () => {
  it("is one JSON document with --json, without the token", () =>
    inTemporaryFolder(async (cwd) => {
      const server = await FakeAws.start();
      try {
        server.on("GET /_sandbox/status", { json: STATUS });
        pretendSandbox(cwd, server.url);
        const context = recordedContext(cwd, { json: true });
        assert.equal(await sandboxStatus([], context), 0);
        const answer = JSON.parse(context.out.join("")) as Record<string, unknown>;
        assert.deepEqual([answer.running, answer.endpointUrl, answer.objects], [true, server.url, STATUS.objects]);
        assert.doesNotMatch(context.out.join(""), /control-token-1/);
        const people = recordedContext(cwd);
        await sandboxStatus([], people);
        assert.match(people.out.join(""), /^SANDBOX {4}simulated AWS at http:/);
      } finally {
        await server.close();
      }
    }));

  it("says why an agent is silent", () =>
    inTemporaryFolder((cwd) => {
      const { file } = pretendSandbox(cwd, "http://127.0.0.1:1");
      const lines = statusText(file, STATUS).split("\n");
      assert.deepEqual(lines.slice(2, 6), [
        "agent      i-1  connected",
        "agent      i-2  online, no control channel; ssmmessages:OpenControlChannel: no Allow",
        "agent      i-3  silent; the instance has no instance profile",
        "cluster    sp-app  db.example:5432",
      ]);
    }));

  it("without a sandbox there is none", () =>
    inTemporaryFolder((cwd) =>
      assert.rejects(sandboxStatus([], recordedContext(cwd)), { code: "SANDBOX_NOT_RUNNING", exitCode: 6 }),
    ));
});
