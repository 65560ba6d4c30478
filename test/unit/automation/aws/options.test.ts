import assert from "node:assert/strict";
import { clientSettings, currentCredentials } from "../../../../automation/aws/options";
import { EXAMPLE_KEYS } from "../../../support/fake-aws";
import { FakeClock } from "../../../support/fake-clock";

const clock = new FakeClock();

describe("settings of AWS's clients", () => {
  it("bound every wait and leave the endpoint to AWS unless one is given", () => {
    const settings = clientSettings({ region: "eu-west-2", clock });
    assert.deepEqual(settings, {
      region: "eu-west-2",
      maxAttempts: 3,
      requestHandler: { connectionTimeout: 5000, requestTimeout: 20_000, throwOnRequestTimeout: true },
    });
    const here = clientSettings({ region: "eu-west-2", clock, endpoint: "http://127.0.0.1:1", attempts: 1 });
    assert.deepEqual([here.endpoint, here.maxAttempts], ["http://127.0.0.1:1", 1]);
  });

  it("take credentials as a value or as a source that is asked each time", async () => {
    assert.deepEqual(await currentCredentials(EXAMPLE_KEYS), EXAMPLE_KEYS);
    assert.deepEqual(await currentCredentials(async () => EXAMPLE_KEYS), EXAMPLE_KEYS);
    assert.deepEqual(
      clientSettings({ region: "eu-west-2", clock, credentials: EXAMPLE_KEYS }).credentials,
      EXAMPLE_KEYS,
    );
  });
});
