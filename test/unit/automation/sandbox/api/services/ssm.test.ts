import assert from "node:assert/strict";
import {
  ResumeSessionCommand,
  StartSessionCommand,
  TerminateSessionCommand,
  type StartSessionCommandInput,
} from "@aws-sdk/client-ssm";
import type { IssuedKey } from "../../../../../../automation/sandbox/account/estate";
import { ResumeRefusal } from "../../../../../../automation/sandbox/agent/resume-answer";
import { issueKeys } from "../../../../../../automation/sandbox/iam/issue-keys";
import { personPrincipal } from "../../../../../support/estate-fixtures";
import { SET } from "../api-world";
import { BASTION, DOCUMENT, ssmWorld, STRANGER, type SsmWorld } from "./ssm-world";

const JANE =
  "arn:aws:sts::000000000000:assumed-role/AWSReservedSSO_sp-payments-dev-developer_0123456789abcdef/jane@example.com";
const instanceArn = (id: string): string => `arn:aws:ec2:eu-west-2:000000000000:instance/${id}`;

describe("ssm", () => {
  let world: SsmWorld;
  beforeEach(async () => void (world = await ssmWorld()));
  afterEach(() => world.close());
  const start = (parts: Partial<StartSessionCommandInput> = {}, key: IssuedKey | undefined = world.jane) =>
    world.ssm(key).send(new StartSessionCommand({ Target: BASTION, DocumentName: DOCUMENT, ...parts }));
  const terminate = (SessionId: string, key: IssuedKey) =>
    world.ssm(key).send(new TerminateSessionCommand({ SessionId }));
  const denied = (action: string, resource: string) => (error: Error) => {
    assert.equal(error.name, "AccessDeniedException");
    assert.ok(
      error.message.startsWith(`User: ${JANE} is not authorized to perform: ${action} on resource: ${resource} `),
      error.message,
    );
    return true;
  };

  describe("StartSession", () => {
    it("opens a session to where the pinned document leads, for who asked", async () => {
      const got = await start();
      const session = world.gateway.get(got.SessionId ?? "");
      const { id, host, portNumber, instanceId, documentName, account, region, owner } = session ?? assert.fail("none");
      assert.match(id, /^jane@example\.com-[0-9a-f]{17}$/);
      assert.deepEqual([host, portNumber, instanceId, documentName], ["db.internal", "5432", BASTION, DOCUMENT]);
      assert.deepEqual([account, region, owner.arn], ["000000000000", "eu-west-2", JANE]);
      assert.ok(got.TokenValue && got.StreamUrl?.endsWith(id));
    });

    it("denies a machine with another tag, and one that does not exist, in the same words", async () => {
      await assert.rejects(start({ Target: STRANGER }), denied("ssm:StartSession", instanceArn(STRANGER)));
      const missing = "i-0aaaaaaaaaaaaaaaa";
      await assert.rejects(start({ Target: missing }), denied("ssm:StartSession", instanceArn(missing)));
    });

    it("denies every document but the pinned ones by its ARN, whether it exists or not", async () => {
      for (const name of ["AWS-StartPortForwardingSession", "AWS-StartPortForwardingSessionToRemoteHost"]) {
        const arn = `arn:aws:ssm:eu-west-2::document/${name}`;
        await assert.rejects(start({ DocumentName: name }), denied("ssm:StartSession", arn));
      }
      const missing = "arn:aws:ssm:eu-west-2:000000000000:document/sp-missing";
      await assert.rejects(start({ DocumentName: "sp-missing" }), denied("ssm:StartSession", missing));
    });

    it("takes the shell's document where none is named", async () => {
      const shell = "arn:aws:ssm:eu-west-2:000000000000:document/SSM-SessionManagerRunShell";
      await assert.rejects(start({ DocumentName: undefined }), denied("ssm:StartSession", shell));
    });

    it("denies even the pinned document where the policy asks for SessionDocumentAccessCheck by plain Bool", async () => {
      const condition = { Bool: { "ssm:SessionDocumentAccessCheck": "true" } };
      const allow = { Effect: "Allow", Action: "ssm:StartSession" };
      const set = `${SET}2`;
      world.estate.add({
        token: "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
        id: set,
        account: "000000000001",
        region: "eu-west-1",
        props: {
          permissionSetArn: set,
          inlinePolicy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              { ...allow, Resource: instanceArn("*"), Condition: condition },
              { ...allow, Resource: `arn:aws:ssm:eu-west-2:000000000000:document/${DOCUMENT}` },
            ],
          }),
        },
      });
      const key = issueKeys(world.estate, personPrincipal(set), 60_000);
      await assert.rejects(start({}, key), denied("ssm:StartSession", instanceArn(BASTION)));
    });

    it("says TargetNotConnected where the channel is closed, and where there is no machine, to who may know", async () => {
      world.connected.delete(BASTION);
      const not = (id: string) => ({ name: "TargetNotConnected", message: `${id} is not connected.` });
      await assert.rejects(start(), not(BASTION));
      const [key] = [...world.estate.keys.values()];
      await assert.rejects(start({ Target: "i-0aaaaaaaaaaaaaaaa" }, key), not("i-0aaaaaaaaaaaaaaaa"));
      assert.equal(world.gateway.list().length, 0);
    });
  });

  describe("TerminateSession", () => {
    it("ends one's own session", async () => {
      const { SessionId = "" } = await start();
      assert.equal((await terminate(SessionId, world.jane)).SessionId, SessionId);
      assert.equal(world.gateway.get(SessionId)?.state, "terminated");
    });

    it("is no error for one that has ended", async () => {
      const { SessionId = "" } = await start();
      await terminate(SessionId, world.jane);
      assert.equal((await terminate(SessionId, world.jane)).SessionId, SessionId);
    });

    it("denies somebody else's session, and leaves it open", async () => {
      const { SessionId = "" } = await start();
      const sam = issueKeys(
        world.estate,
        personPrincipal(SET, { userId: "AROAEXAMPLE0000000001:sam@example.com" }),
        60_000,
      );
      const arn = `arn:aws:ssm:eu-west-2:000000000000:session/${SessionId}`;
      await assert.rejects(terminate(SessionId, sam), denied("ssm:TerminateSession", arn));
      assert.equal(world.gateway.get(SessionId)?.state, "connecting");
    });

    it("denies an unknown session to who may end only her own, and tells the others", async () => {
      const id = "jane@example.com-0123456789abcdef0";
      const arn = `arn:aws:ssm:eu-west-2:000000000000:session/${id}`;
      await assert.rejects(terminate(id, world.jane), denied("ssm:TerminateSession", arn));
      const [runner] = [...world.estate.keys.values()];
      assert.ok(runner);
      await assert.rejects(terminate(id, runner), { name: "DoesNotExistException" });
    });
  });

  describe("ResumeSession", () => {
    const resume = async (SessionId: string, key: IssuedKey | undefined = world.jane, region?: string) => {
      const { $metadata: _metadata, ...answer } = await world
        .ssm(key, region)
        .send(new ResumeSessionCommand({ SessionId }));
      return answer;
    };
    const arnOf = (id: string): string => `arn:aws:ssm:eu-west-2:000000000000:session/${id}`;

    it("matrix 35: gives one's own session a new token and another address, in AWS's fields", async () => {
      const started = await start();
      const resumed = await resume(started.SessionId ?? "");
      assert.deepEqual(Object.keys(resumed).sort(), ["SessionId", "StreamUrl", "TokenValue"]);
      assert.equal(resumed.SessionId, started.SessionId);
      assert.notEqual(resumed.TokenValue, started.TokenValue);
      assert.notEqual(resumed.StreamUrl, started.StreamUrl);
      assert.notEqual((await resume(started.SessionId ?? "")).TokenValue, resumed.TokenValue);
    });

    it("matrix 35: answers without a token for a session that is over", async () => {
      const { SessionId = "" } = await start();
      await terminate(SessionId, world.jane);
      assert.deepEqual(await resume(SessionId), { SessionId });
    });

    it("denies somebody else's session, whoever asks, and leaves its token alive", async () => {
      const { SessionId = "" } = await start();
      const sam = issueKeys(
        world.estate,
        personPrincipal(SET, { userId: "AROAEXAMPLE0000000001:sam@example.com" }),
        60_000,
      );
      await assert.rejects(resume(SessionId, sam), denied("ssm:ResumeSession", arnOf(SessionId)));
      assert.equal(world.gateway.get(SessionId)?.state, "connecting");
    });

    it("is judged by its own action: who may start and end sessions may not resume them", async () => {
      const { SessionId = "" } = await start();
      const place = { account: "000000000001", region: "eu-west-1" };
      const token = "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy";
      const allow = { Effect: "Allow", Action: ["ssm:StartSession", "ssm:TerminateSession"], Resource: "*" };
      const inlinePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [allow] });
      world.estate.add({
        token,
        id: `${SET}3`,
        ...place,
        props: { permissionSetArn: `${SET}3`, inlinePolicy },
      });
      const key = issueKeys(world.estate, personPrincipal(`${SET}3`), 60_000);
      await assert.rejects(resume(SessionId, key), denied("ssm:ResumeSession", arnOf(SessionId)));
    });

    it("matrix 35: denies an unknown session, or one of another region, and tells those who may know", async () => {
      const { SessionId = "" } = await start();
      const id = "jane@example.com-0123456789abcdef0";
      await assert.rejects(resume(id), denied("ssm:ResumeSession", arnOf(id)));
      const [runner] = [...world.estate.keys.values()];
      const missing = { name: "DoesNotExistException", message: `Session ${id} does not exist` };
      await assert.rejects(resume(id, runner), missing);
      await assert.rejects(resume(SessionId, runner, "eu-west-1"), { name: "DoesNotExistException" });
    });

    it("matrix 35: is refused as a fault of the sandbox says, with AWS's code and status", async () => {
      const { SessionId = "" } = await start();
      for (const [code, status] of [
        ["AccessDeniedException", 403],
        ["InternalServerError", 500],
      ] as const) {
        world.gateway.resume = () => {
          throw new ResumeRefusal(code, "as the fault says", status);
        };
        await assert.rejects(resume(SessionId), (error: Error & { $metadata?: { httpStatusCode?: number } }) => {
          assert.deepEqual(
            [error.name, error.message, error.$metadata?.httpStatusCode],
            [code, "as the fault says", status],
          );
          return true;
        });
      }
    });

    it("wants a session id", async () => {
      await assert.rejects(resume("", world.jane), { name: "ValidationException" });
    });
  });
});
