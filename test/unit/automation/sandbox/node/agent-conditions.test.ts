import assert from "node:assert/strict";
import { agentReasons } from "../../../../../automation/sandbox/node/agent-conditions";
import { instancePrincipal } from "../../../../../automation/sandbox/node/instance-credentials";
import { doorEstate } from "../../../../support/door-estate";

describe("what keeps an agent silent", () => {
  it("is told apart for heartbeat and channel, all parts at once", () => {
    const { estate, instance, drop } = doorEstate();
    drop("ssmmessages");
    instance.props.instanceState = "stopped";
    const reasons = agentReasons(estate, instance, {
      authorize: () => ({ allowed: false, reason: "denied" }),
      hasAgent: () => false,
      principalOf: instancePrincipal,
    });
    assert.deepEqual(reasons, {
      heartbeat: [
        "the instance is stopped",
        "the image ami-0000000000000agent has no agent",
        "ssm:UpdateInstanceInformation: denied",
      ],
      channel: ["there is no interface endpoint ssmmessages in vpc-1, and no internet route"],
    });
  });
});
