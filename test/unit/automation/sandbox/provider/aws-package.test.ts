import assert from "node:assert/strict";
import { Client, recordingClusters, runnerEnvironment, testEstate } from "./fixture";
import { awsPackage } from "../../../../../automation/sandbox/provider/aws-package";
import { IDENTITY_ARGS } from "./world";

const VPC = "aws:ec2/vpc:Vpc";

describe("simulated AWS package", () => {
  it("refuses arguments that it does not simulate, and regions that it does not have", () => {
    const { estate, sleep } = testEstate();
    const pack = awsPackage({ estate, environment: runnerEnvironment(estate), clusters: recordingClusters() });
    assert.equal(pack.version, "7.48.0");
    assert.deepEqual(pack.checkConfig({ region: "eu-west-2", endpoints: "[]" }), [
      { property: "endpoints", reason: "the sandbox does not simulate the provider argument endpoints" },
    ]);
    assert.throws(() => pack.configure({ region: "mars-1" }, sleep), /invalid AWS Region: mars-1/);
  });

  it("a caller without the permission is refused, before anything is judged", async () => {
    const { estate, sleep } = testEstate();
    const client = await Client.open(
      "aws",
      { estate, environment: runnerEnvironment(estate), clusters: recordingClusters(), sleep },
      IDENTITY_ARGS,
    );
    await assert.rejects(
      client.make(VPC, { cidrBlock: "10.0.0.0/16" }),
      /creating EC2 VPC: operation error EC2: CreateVpc, https response error StatusCode: 403, RequestID: \S+, api error UnauthorizedOperation: User: \S+sallyport-identity\/aws-go-sdk is not authorized to perform: ec2:CreateVpc because no identity-based policy allows the ec2:CreateVpc action/,
    );
    await assert.rejects(
      client.make("aws:iam/role:Role", { name: "r", assumeRolePolicy: "{}" }),
      /StatusCode: 403, .*AccessDenied/,
    );
    await assert.rejects(
      client.make("aws:ssm/parameter:Parameter", { name: "/a", type: "String", insecureValue: "a" }),
      /AccessDeniedException/,
    );
    await client.close();
  });

  it("an evaluator that is given decides alone", async () => {
    const { estate, sleep } = testEstate();
    const asked: string[] = [];
    const authorize = (_principal: unknown, action: string): boolean => asked.push(action) > 1;
    const client = await Client.open("aws", {
      estate,
      environment: runnerEnvironment(estate),
      clusters: recordingClusters(),
      sleep,
      authorize,
    });
    await assert.rejects(client.make(VPC, { cidrBlock: "10.0.0.0/16" }), /UnauthorizedOperation/);
    await client.make(VPC, { cidrBlock: "10.0.0.0/16" });
    assert.deepEqual(asked, ["ec2:CreateVpc", "ec2:CreateVpc"]);
    await client.close();
  });
});
