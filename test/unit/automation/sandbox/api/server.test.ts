import assert from "node:assert/strict";
import { connect } from "node:net";
import { request } from "node:http";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { GetParametersByPathCommand, ListCommandsCommand, SSMClient } from "@aws-sdk/client-ssm";
import { DescribeDBInstancesCommand, RDSClient } from "@aws-sdk/client-rds";
import { fixedKey, personPrincipal } from "../../../../support/estate-fixtures";
import { apiWorld, SET, type ApiWorld } from "./api-world";

describe("addApis", () => {
  let world: ApiWorld;
  beforeEach(async () => void (world = await apiWorld()));
  afterEach(() => world.close());

  /** The SDK's client with another operation in the header, signed by its own signer. */
  function renamed(target: string): SSMClient {
    const client = new SSMClient(world.client());
    client.middlewareStack.add(
      (next) => (args) => {
        (args.request as { headers: Record<string, string> }).headers["x-amz-target"] = target;
        return next(args);
      },
      { step: "build", name: "rename" },
    );
    return client;
  }

  for (const operation of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
    it(`does not take the object's own ${operation} for an operation`, async () => {
      const call = renamed(`AmazonSSM.${operation}`).send(new GetParametersByPathCommand({ Path: "/a" }));
      await assert.rejects(call, { name: "UnknownOperationException" });
    });
  }

  it("takes no inherited name for an Action either", async () => {
    const client = new STSClient(world.client());
    client.middlewareStack.add(
      (next) => (args) => {
        const sent = args.request as { body: string; headers: Record<string, string> };
        sent.body = "Action=constructor&Version=2011-06-15";
        sent.headers["content-length"] = String(sent.body.length);
        return next(args);
      },
      { step: "build", name: "rename" },
    );
    await assert.rejects(client.send(new GetCallerIdentityCommand({})), { name: "InvalidAction" });
  });

  it("refuses what is not simulated, in both protocols", async () => {
    const ssm = new SSMClient(world.client());
    await assert.rejects(ssm.send(new ListCommandsCommand({})), {
      name: "UnknownOperationException",
      message: "the sandbox does not simulate AmazonSSM.ListCommands",
    });
    const rds = new RDSClient(world.client());
    await assert.rejects(rds.send(new DescribeDBInstancesCommand({})), {
      name: "InvalidAction",
      message: "the sandbox does not simulate rds:DescribeDBInstances",
    });
  });

  it("refuses an unknown key and a wrong secret by each protocol's own names", async () => {
    const unknown = fixedKey(personPrincipal(SET));
    const wrong = { ...world.person(), secretAccessKey: "wrong" };
    const ask = (key: typeof wrong) => [
      new SSMClient(world.client(key)).send(new GetParametersByPathCommand({ Path: "/a" })),
      new STSClient(world.client(key)).send(new GetCallerIdentityCommand({})),
    ];
    const names = async (key: typeof wrong): Promise<unknown[]> =>
      (await Promise.allSettled(ask(key))).map((one) => one.status === "rejected" && (one.reason as Error).name);
    assert.deepEqual(await names(unknown), ["UnrecognizedClientException", "InvalidClientTokenId"]);
    assert.deepEqual(await names(wrong), ["InvalidSignatureException", "SignatureDoesNotMatch"]);
  });

  it("refuses an unsigned call", async () => {
    const answer = await fetch(`${world.endpoint}/`, {
      method: "POST",
      headers: { "x-amz-target": "AmazonSSM.GetParametersByPath" },
      body: '{"Path":"/a"}',
    });
    assert.equal(answer.status, 400);
    assert.equal(((await answer.json()) as { __type: string }).__type, "MissingAuthenticationTokenException");
  });

  it("tells the account's own time and a request id with every answer", async () => {
    const answer = await fetch(`${world.endpoint}/`, { method: "POST", body: "Action=GetCallerIdentity" });
    assert.equal(answer.headers.get("date"), new Date(world.estate.clocks.wall()).toUTCString());
    assert.match(answer.headers.get("x-amzn-requestid") ?? "", /^[0-9a-f-]{36}$/);
    await answer.text();
  });

  it("answers only to this machine's own names, so that a rebound name of a web page gets nothing", async () => {
    // Asks for a route that needs no signature: only the Host can be what is refused.
    const answerTo = (host: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const path = "/client/register";
        const asked = request({ port: world.port, host: "127.0.0.1", method: "POST", path, headers: { host } });
        asked.on("error", reject).on("response", (answer) => {
          let text = "";
          answer.on("data", (chunk: Buffer) => (text += chunk.toString())).on("end", () => resolve(text));
        });
        asked.end("{}");
      });
    for (const host of ["evil.example:80", "127.0.0.1.evil.example"])
      assert.equal((JSON.parse(await answerTo(host)) as { __type: string }).__type, "InvalidHost");
    // Let in; refused for its missing signature, in the query protocol's form.
    const local = await fetch(`http://localhost:${world.port}/`, { method: "POST", body: "Action=GetCallerIdentity" });
    assert.match(await local.text(), /<Code>MissingAuthenticationToken<\/Code>/);
  });

  it("says that a body is too large, and reads no further", async () => {
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(world.port, "127.0.0.1");
      let got = "";
      socket.on("data", (chunk) => (got += chunk.toString())).on("error", reject);
      socket.on("close", () => resolve(got));
      const size = 1024 * 1024 + 1;
      socket.write(`POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ${size * 4}\r\n\r\n`);
      socket.write(Buffer.alloc(size));
    });
    assert.match(text, /^HTTP\/1\.1 413 /);
    assert.match(text, /RequestEntityTooLarge/);
    assert.match(text, /^connection: close\r$/im);
  });

  it("refuses a JSON body that is no object", async () => {
    const answer = await fetch(`${world.endpoint}/token`, { method: "POST", body: "[1]" });
    assert.equal(answer.status, 400);
    assert.equal(((await answer.json()) as { __type: string }).__type, "SerializationException");
  });
});
