import assert from "node:assert/strict";
import { AwsError } from "../../../../../automation/sandbox/account/aws-error";
import { runnerKey } from "../../../../../automation/sandbox/account/seed";
import { AwsContext } from "../../../../../automation/sandbox/provider/aws-context";
import { recordingClusters, testEstate } from "./fixture";

describe("a caller's view of the account", () => {
  const { estate, sleep } = testEstate({ speed: 2 });
  const there = (region: string) =>
    new AwsContext(estate, runnerKey(estate).principal, region, recordingClusters(), sleep);

  it("has its own region's objects, and IAM's from everywhere", () => {
    const object = there("eu-west-2").add("aws:ec2/vpc:Vpc", "vpc-1", {});
    assert.equal(there("eu-west-2").find("aws:ec2/vpc:Vpc", "vpc-1"), object);
    assert.equal(there("eu-west-1").find("aws:ec2/vpc:Vpc", "vpc-1"), undefined);
    there("eu-west-2").add("aws:iam/role:Role", "r", {});
    assert.equal(there("eu-west-1").find("aws:iam/role:Role", "r")?.region, "global");
    assert.equal(there("eu-west-1").arn("rds", "db:a"), "arn:aws:rds:eu-west-1:000000000000:db:a");
    assert.equal(there("eu-west-1").timestamp(), "2026-11-22T00:00:00Z");
  });

  it("waits AWS's time, divided by the speed", async () => {
    const before = estate.clocks.work();
    await there("eu-west-2").wait("endpointAvailable");
    assert.equal(estate.clocks.work() - before, 60_000);
  });

  it("tries again only what may pass, until it passes or time is up", async () => {
    const limits = { timeout: 20_000, interval: 5000 };
    let tries = 0;
    const failing = (code: string, times: number) => () => {
      if (++tries <= times) throw new AwsError(code, "not yet");
      return tries;
    };
    const aws = there("eu-west-2");
    assert.equal(await aws.retry(failing("Young", 2), limits, ({ code }) => code === "Young"), 3);
    tries = 0;
    await assert.rejects(
      aws.retry(failing("Young", 99), limits, ({ code }) => code === "Young"),
      { code: "Young" },
    );
    assert.equal(tries, 5);
    tries = 0;
    await assert.rejects(
      aws.retry(failing("Other", 99), limits, ({ code }) => code === "Young"),
      { code: "Other" },
    );
    assert.equal(tries, 1);
  });
});

describe("what the account does by itself", () => {
  it("goes on when the provider that waits for it is cancelled", async () => {
    const { estate, sleep } = testEstate();
    let cancel: (error: Error) => void = () => undefined;
    const cancelled = new Promise<never>((_, reject) => (cancel = reject));
    const aws = new AwsContext(estate, runnerKey(estate).principal, "eu-west-2", recordingClusters(), (ms, onward) =>
      ms === Infinity ? cancelled : onward === true ? sleep(ms) : cancelled,
    );
    let available = false;
    const progress = (async () => {
      await new Promise((resolve) => setImmediate(resolve));
      await aws.onward().wait("endpointAvailable");
      available = true;
    })();
    const followed = aws.follow(progress);
    cancel(new Error("context canceled"));
    await assert.rejects(followed, /context canceled/);
    await progress;
    assert.equal(available, true);
  });
});
