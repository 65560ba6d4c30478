import assert from "node:assert/strict";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { run } from "../../../../automation/commands/login";
import { recordedContext, type RecordedContext } from "../../../support/recorded-context";
import { callerIdentity, FakeAws, jsonError } from "../../../support/fake-aws";
import { homeOf, recordOf, SIGN_IN, signedInContext } from "../../../support/signed-in";
import { inTemporaryFolder } from "../../../support/temporary-folder";

const START_URL = "https://sallyport-sandbox.awsapps.com/start";
const LEAKED = /access-token-9|control-token-1/;

describe("sallyport login", () => {
  let aws: FakeAws;
  beforeEach(async () => {
    aws = await FakeAws.start();
    let approved = false;
    aws.on("POST /client/register", { json: { clientId: "c", clientSecret: "s" } });
    aws.on("POST /device_authorization", {
      json: {
        deviceCode: "dc",
        userCode: "ABCD-EFGH",
        verificationUriComplete: "https://portal/?user_code=ABCD-EFGH",
        expiresIn: 600,
        interval: 1,
      },
    });
    aws.on("POST /_sandbox/device/approve", ({ input, headers }) => {
      if (headers.authorization !== "Bearer control-token-1") return { status: 401 };
      approved = input.person === "jane@example.com" && input.userCode === "ABCD-EFGH";
      return approved ? { json: {} } : { status: 404, json: { message: "no such person" } };
    });
    aws.on("POST /token", () =>
      approved
        ? { json: { accessToken: "access-token-9", expiresIn: 28_800 } }
        : jsonError("AuthorizationPendingException", ""),
    );
  });
  afterEach(() => aws.close());

  function sandbox(folder: string, more: object = {}): RecordedContext {
    const home = path.join(folder, ".sallyport", "sandbox");
    mkdirSync(home, { recursive: true });
    const file = {
      version: "0.1.0",
      endpointUrl: aws.url,
      controlToken: "control-token-1",
      identity: { startUrl: START_URL, region: "eu-west-1" },
      caBundle: "/ca.pem",
      people: ["jane@example.com", "sam"],
      ...more,
    };
    writeFileSync(path.join(home, "sandbox.json"), JSON.stringify(file));
    return recordedContext(folder, { env: { SALLYPORT_HOME: homeOf(folder) } });
  }

  it("--as runs the device flow, approves it, and writes a private record", () =>
    inTemporaryFolder(async (folder) => {
      const context = sandbox(folder);
      assert.equal(await run(["--as", "jane@example.com"], context), 0);
      const { expiresAt, ...record } = JSON.parse(readFileSync(recordOf(folder), "utf8")) as typeof SIGN_IN;
      assert.deepEqual(record, {
        v: 1,
        startUrl: START_URL,
        region: "eu-west-1",
        accessToken: "access-token-9",
        person: "jane@example.com",
        sandbox: { endpointUrl: aws.url, caBundle: "/ca.pem" },
      });
      assert.ok(Math.abs(Date.parse(expiresAt) - context.clock.now() - 28_800_000) < 60_000);
      assert.equal(statSync(recordOf(folder)).mode & 0o777, 0o600);
      const said = [...context.out, ...context.err].join("");
      assert.match(said, /SANDBOX[\s\S]*Signed in as jane@example\.com for (7|8) h\./);
      assert.doesNotMatch(said, LEAKED);
    }));

  it("--as a stranger is refused with the people there are", () =>
    inTemporaryFolder(async (folder) => {
      await assert.rejects(run(["--as", "Jane@example.com"], sandbox(folder)), {
        code: "SANDBOX_PERSON_UNKNOWN",
        message: 'The sandbox\'s directory has no "Jane@example.com".',
        likely: "There are: jane@example.com, sam.",
      });
      assert.throws(() => statSync(recordOf(folder)));
    }));

  it("without a portal's address says what is missing, and where the last sign-in was", () =>
    inTemporaryFolder(async (folder) => {
      await assert.rejects(run([], signedInContext(folder, undefined)), {
        code: "USAGE",
        next: "sallyport login --start-url URL --region REGION",
      });
      await assert.rejects(run([], signedInContext(folder, SIGN_IN)), {
        code: "USAGE",
        likely: "The last sign-in was in the sandbox: sallyport login --as jane@example.com.",
      });
      await assert.rejects(
        run(["--start-url", "http://plain.example", "--region", "eu-west-1"], signedInContext(folder, undefined)),
        { code: "USAGE", message: /is no https address/ },
      );
    }));

  it("does not send a real sign-in to a leftover endpoint", () =>
    inTemporaryFolder(async (folder) => {
      const context = signedInContext(folder, undefined, { env: { AWS_ENDPOINT_URL: aws.url } });
      await assert.rejects(run(["--start-url", START_URL, "--region", "eu-west-1"], context), {
        code: "ENDPOINT_OVERRIDE_REFUSED",
      });
      assert.deepEqual(aws.requests, []);
    }));

  it("shows a real person the code and learns their name from AWS", () =>
    inTemporaryFolder(async (folder) => {
      aws.on("POST /token", { json: { accessToken: "access-token-9", expiresIn: 28_800 } });
      aws.on("GET /assignment/accounts", { json: { accountList: [{ accountId: "111122223333" }] } });
      aws.on("GET /assignment/roles", { json: { roleList: [{ roleName: "sp-payments-dev-developer" }] } });
      aws.on("GET /federation/credentials", {
        json: {
          roleCredentials: { accessKeyId: "ASIA", secretAccessKey: "secret-key", sessionToken: "session-token" },
        },
      });
      aws.on("GetCallerIdentity", callerIdentity("111122223333", "arn:aws:sts::111122223333:assumed-role/x/sam"));
      const context = signedInContext(folder, undefined, { env: { AWS_ENDPOINT_URL: aws.url } });
      // The SDK itself follows this variable; allowed here on purpose, so that the loopback stand-in plays AWS.
      const before = process.env.AWS_ENDPOINT_URL;
      process.env.AWS_ENDPOINT_URL = aws.url;
      try {
        assert.equal(
          await run(["--start-url", START_URL, "--region", "eu-west-1", "--allow-endpoint-override"], context),
          0,
        );
      } finally {
        if (before === undefined) delete process.env.AWS_ENDPOINT_URL;
        else process.env.AWS_ENDPOINT_URL = before;
      }
      const record = JSON.parse(readFileSync(recordOf(folder), "utf8")) as typeof SIGN_IN;
      assert.deepEqual([record.person, record.startUrl, record.sandbox], ["sam", START_URL, undefined]);
      assert.match(
        context.err.join(""),
        /^Open https:\/\/portal\/\?user_code=ABCD-EFGH\nand check that it shows the code ABCD-EFGH/,
      );
      assert.doesNotMatch(context.err.join(""), LEAKED);
    }));

  it("prints its help", async () => {
    const context = recordedContext("/");
    assert.equal(await run(["--help"], context), 0);
    assert.match(context.out.join(""), /Examples:/);
  });
});
