import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { randomBytes } from "node:crypto";
import path from "node:path";
import { systemClock } from "../../../../../automation/core/clock";
import { realAgentKnobs } from "../../../../../automation/sandbox/agent/agent-knobs";
import { gatewayFaults } from "../../../../../automation/sandbox/agent/gateway-faults";
import type { Estate } from "../../../../../automation/sandbox/account/estate";
import { askControl } from "../../../../../automation/sandbox/daemon/control-client";
import type { FaultAnswer } from "../../../../../automation/sandbox/daemon/fault-routes";
import { startSandbox, START_URL } from "../../../../../automation/sandbox/daemon/daemon";
import { readSandboxFile, type SandboxFile } from "../../../../../automation/sandbox/daemon/sandbox-file";
import { sandboxFolder, type SandboxFolder } from "../../../../../automation/sandbox/daemon/sandbox-folder";
import type { Machine, Services } from "../../../../../automation/sandbox/daemon/services";
import { inTemporaryFolder } from "../../../../support/temporary-folder";

const MACHINE: Machine = {
  pid: 4711,
  clock: systemClock,
  monotonic: () => performance.now(),
  randomBytes,
  resolveModule: (name) => require.resolve(name),
};

/** Parts that only remember the order of their life; the API is a plain HTTP server. */
function parts(life: string[], broken = false): Services & { estate(): Estate } {
  let made: Estate | undefined;
  const closable = (name: string) => {
    life.push(`+${name}`);
    return { close: () => Promise.resolve(void life.push(`-${name}`)) };
  };
  return {
    estate: () => made ?? assert.fail("no estate"),
    openClusters: (estate) => {
      made = estate;
      return Promise.resolve({
        ...closable("clusters"),
        create: () => Promise.resolve(),
        delete: () => Promise.resolve(),
        resolve: () => undefined,
        failOver: () => Promise.resolve(),
      });
    },
    authorizeAgent: () => () => ({ allowed: true, reason: "" }),
    startGateway: () => ({
      ...closable("gateway"),
      start: () => ({ sessionId: "", tokenValue: "", streamUrl: "" }),
      resume: () => undefined,
      get: () => undefined,
      list: () => [],
      terminate: () => undefined,
      knobs: realAgentKnobs(),
      faults: gatewayFaults(new Map()),
    }),
    serveProvider: () => () => Promise.resolve({ ...closable("provider"), port: 4242 }),
    addApis: ({ control, server }) => {
      if (broken) throw new Error("no APIs");
      life.push("+apis");
      server.on("request", (request, response) => void control(request, response));
    },
  };
}

async function within(
  body: (run: {
    folder: SandboxFolder;
    life: string[];
    services: ReturnType<typeof parts>;
    file: SandboxFile;
  }) => Promise<void>,
): Promise<void> {
  await inTemporaryFolder(async (root) => {
    const life: string[] = [];
    const [folder, services] = [sandboxFolder(root), parts(life)];
    const sandbox = await startSandbox(
      folder,
      { projectRoot: root, port: 0, speed: 120, detached: true },
      MACHINE,
      services,
    );
    try {
      await body({
        folder,
        life,
        services,
        file: readSandboxFile(folder.sandboxFile) ?? assert.fail("no sandbox.json"),
      });
    } finally {
      await sandbox.close();
    }
    assert.equal(existsSync(folder.sandboxFile), false);
  });
}

describe("a sandbox's life", () => {
  it("tells by sandbox.json how to reach it, and what is not deployed is empty", () =>
    within(({ folder, file }) => {
      const { endpointUrl, controlToken, people, ...rest } = file;
      assert.match(endpointUrl, /^http:\/\/127\.0\.0\.1:\d+$/);
      assert.ok(controlToken.length >= 40);
      assert.ok(people.includes("jane@example.com"));
      assert.deepEqual(rest, {
        version: 1,
        pid: 4711,
        region: "eu-west-2",
        accounts: [
          { id: "000000000000", role: "workload" },
          { id: "000000000001", role: "identity" },
        ],
        identity: { startUrl: START_URL, region: "eu-west-1" },
        caBundle: path.join(folder.root, "ca-bundle.pem"),
        clusters: {},
        instances: [],
        documents: [],
      });
      assert.match(readFileSync(file.caBundle, "utf8"), /BEGIN CERTIFICATE/);
      assert.equal(statSync(folder.root).mode & 0o777, 0o700);
      assert.equal(statSync(folder.passphraseFile).mode & 0o777, 0o600);
      assert.ok(existsSync(path.join(folder.pulumiHome, "plugins", "resource-aws-v7.48.0", "pulumi-resource-aws")));
      return Promise.resolve();
    }));

  it("opens its parts one after the other and closes them backwards", async () => {
    let seen: string[] = [];
    await within(({ life }) => Promise.resolve(void (seen = life)));
    assert.deepEqual(seen, ["+clusters", "+gateway", "+apis", "-gateway", "-clusters"]);
  });

  it("a part that does not start closes those before it, and nothing is told", () =>
    inTemporaryFolder(async (root) => {
      const life: string[] = [];
      const folder = sandboxFolder(root);
      await assert.rejects(
        startSandbox(folder, { projectRoot: root, port: 0, speed: 120, detached: true }, MACHINE, parts(life, true)),
        /no APIs/,
      );
      assert.deepEqual(life, ["+clusters", "+gateway", "-gateway", "-clusters"]);
      assert.equal(existsSync(folder.sandboxFile), false);
    }));

  it("keeps sandbox.json as the account is", () =>
    within(async ({ folder, services }) => {
      services.estate().add({
        token: "aws:ec2/instance:Instance",
        id: "i-1",
        account: "000000000000",
        region: "eu-west-2",
        props: {},
      });
      const end = performance.now() + 5000;
      while (readSandboxFile(folder.sandboxFile)?.instances[0] !== "i-1" && performance.now() < end)
        await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual(readSandboxFile(folder.sandboxFile)?.instances, ["i-1"]);
    }));

  it("answers its control routes", () =>
    within(async ({ folder, file, services }) => {
      const runner = (await askControl(file, "GET runner")) as Record<string, string>;
      assert.match(runner.accessKeyId ?? "", /^AKIA/);
      assert.equal(runner.region, "eu-west-2");
      services
        .estate()
        .add({ token: "aws:ec2/vpc:Vpc", id: "vpc-1", account: "000000000000", region: "eu-west-2", props: {} });
      assert.deepEqual(((await askControl(file, "GET status")) as { objects: object }).objects, {
        "aws:ec2/vpc:Vpc": 1,
      });
      assert.equal(
        ((await askControl(file, "POST knobs", { wallOffsetMs: 600_000 })) as { wallOffsetMs: number }).wallOffsetMs,
        600_000,
      );
      assert.ok(services.estate().clocks.wall() > Date.now() + 500_000);
      await assert.rejects(askControl(file, "POST knobs", { speed: -1 }), {
        code: "SANDBOX_CONTROL_REFUSED",
        message: /the knob speed/,
      });
      const { faults } = (await askControl(file, "POST faults", { words: ["drop", "5%"] })) as FaultAnswer;
      assert.equal(faults[0]?.value, "0.05");
      services.estate().log("iam-db-auth-error", "refused");
      assert.equal(((await askControl(file, "GET logs")) as { message: string }[])[0]?.message, "refused");
      await askControl(file, "POST reset", {});
      assert.deepEqual(((await askControl(file, "GET status")) as { objects: object }).objects, {});
      assert.deepEqual(await askControl(file, "GET runner"), runner);
      assert.equal(((await askControl(file, "GET faults")) as FaultAnswer["faults"])[0]?.value, "off");
      assert.ok(existsSync(folder.backend));
    }));

  it("keeps its passphrase over runs", () =>
    inTemporaryFolder(async (root) => {
      const folder = sandboxFolder(root);
      const seen: string[] = [];
      for (let run = 0; run < 2; run += 1) {
        const sandbox = await startSandbox(
          folder,
          { projectRoot: root, port: 0, speed: 120, detached: true },
          MACHINE,
          parts([]),
        );
        seen.push(readFileSync(folder.passphraseFile, "utf8"));
        await sandbox.close();
      }
      assert.equal(seen[0], seen[1]);
    }));
});
