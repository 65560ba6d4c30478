import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  DescribeDocumentCommand,
  DescribeInstanceInformationCommand,
  GetConnectionStatusCommand,
  GetParametersByPathCommand,
  type InstanceInformationStringFilter,
} from "@aws-sdk/client-ssm";
import { BASTION, CONTENT, DOCUMENT, ssmWorld, STRANGER, type SsmWorld } from "./ssm-world";

const PARAMETER = "aws:ssm/parameter:Parameter";

describe("ssm, reading", () => {
  let world: SsmWorld;
  beforeEach(async () => void (world = await ssmWorld()));
  afterEach(() => world.close());

  describe("GetParametersByPath", () => {
    const put = (name: string, region = "eu-west-1"): void => {
      const props = { type: "String", value: `value of ${name}`, version: 1, arn: `arn:${name}` };
      world.estate.add({ token: PARAMETER, id: name, account: "000000000000", region, props });
    };
    const names = async (Path: string, Recursive = false, key = world.jane): Promise<unknown> =>
      (await world.ssm(key, "eu-west-1").send(new GetParametersByPathCommand({ Path, Recursive }))).Parameters?.map(
        (one) => one.Name,
      );

    it("gives Jane the descriptors of her estate with their values", async () => {
      put("/sallyport/payments/dev");
      const ask = new GetParametersByPathCommand({ Path: "/sallyport/payments", Recursive: true });
      const { Parameters } = await world.ssm(world.jane, "eu-west-1").send(ask);
      assert.deepEqual(Parameters, [
        {
          Name: "/sallyport/payments/dev",
          Type: "String",
          Value: "value of /sallyport/payments/dev",
          Version: 1,
          ARN: "arn:/sallyport/payments/dev",
        },
      ]);
    });

    it("gives what is below the path: children alone, or all of it, and no neighbour of a like name", async () => {
      for (const name of ["/sallyport/payments/dev", "/sallyport/payments/a/b", "/sallyport/payments2/dev"]) put(name);
      put("/sallyport/payments/elsewhere", "eu-west-2");
      assert.deepEqual(await names("/sallyport/payments"), ["/sallyport/payments/dev"]);
      assert.deepEqual(await names("/sallyport/payments/"), ["/sallyport/payments/dev"]);
      assert.deepEqual(await names("/sallyport/payments", true), [
        "/sallyport/payments/dev",
        "/sallyport/payments/a/b",
      ]);
    });

    it("denies another estate's path by its ARN, whether anything is there or not", async () => {
      await assert.rejects(names("/sallyport/billing"), (error: Error) => {
        assert.equal(error.name, "AccessDeniedException");
        assert.match(
          error.message,
          /ssm:GetParametersByPath on resource: arn:aws:ssm:eu-west-1:000000000000:parameter\/sallyport\/billing /,
        );
        return true;
      });
    });
  });

  describe("DescribeDocument", () => {
    const view = (Name: string, key = world.jane) => world.ssm(key).send(new DescribeDocumentCommand({ Name }));

    it("tells the SHA-256 of the content in lower-case hex", async () => {
      const { Document } = await view(DOCUMENT);
      assert.equal(Document?.Hash, createHash("sha256").update(CONTENT).digest("hex"));
      const { HashType, Status, DocumentVersion, DefaultVersion, DocumentType } = Document ?? {};
      assert.deepEqual(
        [HashType, Status, DocumentVersion, DefaultVersion, DocumentType],
        ["Sha256", "Active", "1", "1", "Session"],
      );
    });

    it("denies before it says that a document is missing", async () => {
      await assert.rejects(view("sp-missing"), { name: "AccessDeniedException" });
      const [runner] = [...world.estate.keys.values()];
      assert.ok(runner);
      await assert.rejects(view("sp-missing", runner), { name: "InvalidDocument" });
    });
  });

  describe("DescribeInstanceInformation", () => {
    const ask = async (...Filters: InstanceInformationStringFilter[]) =>
      (await world.ssm(world.jane).send(new DescribeInstanceInformationCommand({ Filters }))).InstanceInformationList;
    const ids = async (...filters: InstanceInformationStringFilter[]) =>
      (await ask(...filters))?.map((one) => one.InstanceId);
    const door = (value: string) => ({ Key: "tag:sallyport:door", Values: [value] });

    it("shows an online node as the agent reports itself", async () => {
      const [node] = (await ask(door("payments/dev"))) ?? [];
      const { InstanceId, PingStatus, AgentVersion, IPAddress, LastPingDateTime } = node ?? {};
      assert.deepEqual(
        [InstanceId, PingStatus, AgentVersion, IPAddress],
        [BASTION, "Online", "3.3.2000.0", "10.0.0.5"],
      );
      assert.equal(LastPingDateTime?.getTime(), Math.floor(world.estate.clocks.wall() / 1000) * 1000);
    });

    it("filters by tag and by id, both at once too", async () => {
      const byId = { Key: "InstanceIds", Values: [BASTION, STRANGER] };
      assert.deepEqual(await ids(), [BASTION, STRANGER]);
      assert.deepEqual(await ids(byId, door("payments/prod")), [STRANGER]);
      assert.deepEqual(await ids(door("payments/none")), []);
      assert.deepEqual(await ids({ Key: "tag:absent", Values: [""] }), []);
    });

    it("leaves out a node that never registered", async () => {
      world.online.delete(BASTION);
      assert.deepEqual(await ids(), [STRANGER]);
    });

    it("refuses a filter that it does not know", () =>
      assert.rejects(ids({ Key: "Colour", Values: ["red"] }), { name: "InvalidFilterKey" }));
  });

  describe("GetConnectionStatus", () => {
    const status = async (Target: string) =>
      (await world.ssm(world.jane).send(new GetConnectionStatusCommand({ Target }))).Status;

    it("is the control channel's state, not the heartbeat's", async () => {
      assert.equal(await status(BASTION), "connected");
      world.connected.delete(BASTION);
      assert.equal(await status(BASTION), "notconnected");
    });

    it("is notconnected for a node that nobody knows", async () =>
      assert.equal(await status("i-0aaaaaaaaaaaaaaaa"), "notconnected"));
  });
});
