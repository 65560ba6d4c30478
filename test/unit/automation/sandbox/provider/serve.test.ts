import assert from "node:assert/strict";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Client, recordingClusters, runnerEnvironment, testEstate } from "./fixture";

const VPC = "aws:ec2/vpc:Vpc";

describe("serving a provider", () => {
  const setUp = () => {
    const { estate } = testEstate();
    return { estate, environment: runnerEnvironment(estate), clusters: recordingClusters() };
  };

  it("what one made another finds, and outlasts both", async () => {
    const options = setUp();
    const first = await Client.open("aws", options);
    const endless = { ...options, sleep: async () => undefined };
    const second = await Client.open("aws", endless);
    assert.notEqual(first.served.port, second.served.port);
    const vpc = await second.make(VPC, { cidrBlock: "10.0.0.0/16" });
    assert.equal((await first.read(VPC, vpc.id)).id, vpc.id);
    await first.close();
    await second.close();
    await second.served.close();
    assert.equal(options.estate.list(VPC).length, 1);
  });

  it("Cancel ends what it waits for: the object is there, half made", async () => {
    const options = setUp();
    let waiting: () => void = () => undefined;
    const began = new Promise<void>((resolve) => (waiting = resolve));
    const sleep = (_ms: number, signal: AbortSignal): Promise<void> =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason as Error));
        waiting();
      });
    const client = await Client.open("aws", { ...options, sleep });
    const making = client.make(VPC, { cidrBlock: "10.0.0.0/16" });
    await began;
    await client.call<Empty>((raw, done) => raw.cancel(new Empty(), done));
    await assert.rejects(making, (error: { details?: string; metadata?: { get(key: string): unknown[] } }) => {
      assert.match(error.details ?? "", /^creating EC2 VPC \(vpc-\w+\): context canceled$/);
      return error.metadata?.get("grpc-status-details-bin").length === 1;
    });
    assert.equal(options.estate.list(VPC).length, 1);
    await client.close();
  });
});
