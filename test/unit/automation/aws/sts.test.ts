import assert from "node:assert/strict";
import { makeSts } from "../../../../automation/aws/sts";
import { systemClock } from "../../../../automation/core/clock";
import { callerIdentity, EXAMPLE_KEYS, FakeAws, xmlError } from "../../../support/fake-aws";

describe("STS adapter", () => {
  let aws: FakeAws;
  const sts = () => makeSts({ region: "eu-west-2", endpoint: aws.url, credentials: EXAMPLE_KEYS, clock: systemClock });
  beforeEach(async () => {
    aws = await FakeAws.start();
  });
  afterEach(() => aws.close());

  it("tells account and the session's name, which is the person's", async () => {
    aws.on(
      "GetCallerIdentity",
      callerIdentity(
        "000000000000",
        "arn:aws:sts::000000000000:assumed-role/AWSReservedSSO_x_0123456789abcdef/jane@example.com",
      ),
    );
    assert.deepEqual(await sts().getCallerIdentity(), {
      account: "000000000000",
      arn: "arn:aws:sts::000000000000:assumed-role/AWSReservedSSO_x_0123456789abcdef/jane@example.com",
      userId: "AROAX:jane",
      userName: "jane@example.com",
    });
    assert.match(aws.requests[0]?.headers.authorization ?? "", /\/eu-west-2\/sts\/aws4_request/);
  });

  it("assumes a role and answers its credentials", async () => {
    aws.on("AssumeRole", {
      xml: `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>secret-1</SecretAccessKey><SessionToken>token-1</SessionToken><Expiration>2026-11-23T11:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
    });
    assert.deepEqual(
      await sts().assumeRole({
        roleArn: "arn:aws:iam::000000000001:role/sallyport-identity",
        sessionName: "sallyport",
      }),
      {
        accessKeyId: "ASIA1",
        secretAccessKey: "secret-1",
        sessionToken: "token-1",
        expiration: new Date("2026-11-23T11:00:00Z"),
      },
    );
    assert.equal(aws.inputs("AssumeRole")[0]?.RoleSessionName, "sallyport");
  });

  it("refuses an answer without credentials, and shows AWS's words of a refusal", async () => {
    aws.on("AssumeRole", { xml: "<AssumeRoleResponse><AssumeRoleResult/></AssumeRoleResponse>" });
    await assert.rejects(sts().assumeRole({ roleArn: "r", sessionName: "s" }), { code: "AWS_CALL_FAILED" });
    aws.on("AssumeRole", xmlError("AccessDenied", "User is not authorized to perform: sts:AssumeRole"));
    await assert.rejects(sts().assumeRole({ roleArn: "r", sessionName: "s" }), {
      code: "AUTH_FORBIDDEN",
      message: "sts:AssumeRole in eu-west-2 was refused: User is not authorized to perform: sts:AssumeRole",
    });
  });
});
