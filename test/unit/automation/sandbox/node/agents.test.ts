import assert from "node:assert/strict";
import type { AgentCall } from "../../../../../automation/sandbox/node/agent-conditions";
import { CONNECTED_AFTER_MS, makeAgents, ONLINE_AFTER_MS } from "../../../../../automation/sandbox/node/agents";
import { issueInstanceCredentials } from "../../../../../automation/sandbox/node/instance-credentials";
import type { NodeState } from "../../../../../automation/sandbox/account/ports";
import { AGENT_IMAGE, doorEstate, type DoorEstate } from "../../../../support/door-estate";

const clusters = { create: () => Promise.resolve(), delete: () => Promise.resolve(), resolve: () => undefined };

/** An agent whose account allows everything but the actions named. */
function agentsOf(door: DoorEstate, denied: readonly string[] = [], calls: AgentCall[] = []) {
  return makeAgents({
    estate: door.estate,
    clusters,
    hasAgent: (image) => image === AGENT_IMAGE,
    issueInstanceCredentials: (instance, role) => issueInstanceCredentials(door.estate, instance, role),
    authorize: (call) => {
      calls.push(call);
      return denied.includes(call.action) ? { allowed: false, reason: "no Allow" } : { allowed: true, reason: "" };
    },
  });
}

/** The state long after the start of a door with one thing changed. */
function stateAfter(change: (door: DoorEstate) => void, denied: readonly string[] = []): NodeState {
  const door = doorEstate();
  change(door);
  door.advance(600_000);
  return agentsOf(door, denied).state(door.instance);
}

const unset =
  (name: string, key: string, value: string | boolean | { [key: string]: string }) => (door: DoorEstate) => {
    const object = door.made[name];
    assert.ok(object);
    object.props[key] = value;
  };

describe("an agent's state", () => {
  it("comes late, in AWS's own time: first Online, then connected, and asking hastens nothing", () => {
    const door = doorEstate();
    const agents = agentsOf(door);
    const seen = (): [boolean, boolean] => {
      for (let i = 0; i < 100; i += 1) agents.state(door.instance);
      const { online, connected } = agents.state(door.instance);
      return [online, connected];
    };
    assert.deepEqual(seen(), [false, false]);
    door.advance(ONLINE_AFTER_MS - 1);
    assert.deepEqual(seen(), [false, false]);
    door.advance(1);
    assert.deepEqual(seen(), [true, false]);
    door.advance(CONNECTED_AFTER_MS - ONLINE_AFTER_MS);
    assert.deepEqual(seen(), [true, true]);
    assert.deepEqual(agents.state(door.instance).reasons, []);
  });

  const offline: readonly [string, (door: DoorEstate) => void, string[], string][] = [
    ["the instance is stopped", unset("instance", "instanceState", "stopped"), [], "the instance is stopped"],
    [
      "there is no instance profile",
      unset("instance", "iamInstanceProfile", ""),
      [],
      "the instance has no instance profile",
    ],
    [
      "the role trusts another service",
      unset("role", "assumeRolePolicy", "{}"),
      [],
      "the role sp-bastion does not trust ec2.amazonaws.com",
    ],
    [
      "the role may not register",
      () => undefined,
      ["ssm:UpdateInstanceInformation"],
      "ssm:UpdateInstanceInformation: no Allow",
    ],
    ["the image has no agent", unset("instance", "ami", "ami-minimal"), [], "the image ami-minimal has no agent"],
    [
      "the metadata service is off",
      unset("instance", "metadataOptions", { httpEndpoint: "disabled" }),
      [],
      "the metadata service is off: the agent gets no credentials",
    ],
    [
      "there is no way to ssm",
      (door) => door.drop("ssm"),
      [],
      "there is no interface endpoint ssm in vpc-1, and no internet route",
    ],
    [
      "the endpoint's group lets nothing in",
      (door) => door.drop("endpoint-from-bastion"),
      [],
      "no ingress rule of sg-endpoint lets tcp 443 in to the endpoint ssm from the instance",
    ],
  ];
  for (const [title, change, denied, reason] of offline) {
    it(`never Online when ${title}`, () => {
      const state = stateAfter(change, denied);
      assert.deepEqual([state.online, state.connected, state.reasons[0]], [false, false, reason]);
    });
  }

  for (const action of ["CreateControlChannel", "OpenControlChannel", "CreateDataChannel", "OpenDataChannel"]) {
    it(`Online but not connected without ssmmessages:${action}`, () => {
      const state = stateAfter(() => undefined, [`ssmmessages:${action}`]);
      assert.deepEqual(
        [state.online, state.connected, state.reasons],
        [true, false, [`ssmmessages:${action}: no Allow`]],
      );
    });
  }

  it("Online but not connected without the endpoint ssmmessages", () => {
    const state = stateAfter((door) => door.drop("ssmmessages"));
    assert.deepEqual(
      [state.online, state.connected, state.reasons],
      [true, false, ["there is no interface endpoint ssmmessages in vpc-1, and no internet route"]],
    );
  });

  it("a rule that goes away later shows at the next question, and one that comes back too", () => {
    const door = doorEstate();
    door.advance(600_000);
    const agents = agentsOf(door);
    assert.equal(agents.state(door.instance).connected, true);
    const rule = door.made["bastion-to-endpoint"];
    assert.ok(rule);
    door.drop("bastion-to-endpoint");
    assert.deepEqual([agents.state(door.instance).online, agents.state(door.instance).connected], [false, false]);
    door.estate.add(rule);
    assert.equal(agents.state(door.instance).connected, true);
  });

  it("calls as the bastion's role, through the endpoint and its policy", () => {
    const door = doorEstate();
    const calls: AgentCall[] = [];
    agentsOf(door, [], calls).state(door.instance);
    assert.deepEqual(
      calls.map((call) => [call.action, call.resource, call.endpointPolicy]),
      [
        [
          "ssm:UpdateInstanceInformation",
          "arn:aws:ec2:eu-west-2:000000000000:instance/i-0123456789abcdef0",
          "policy of ssm",
        ],
        ["ssmmessages:CreateControlChannel", "*", "policy of ssmmessages"],
        ["ssmmessages:OpenControlChannel", "*", "policy of ssmmessages"],
        ["ssmmessages:CreateDataChannel", "*", "policy of ssmmessages"],
        ["ssmmessages:OpenDataChannel", "*", "policy of ssmmessages"],
      ],
    );
    assert.equal(calls[0]?.principal.arn, "arn:aws:sts::000000000000:assumed-role/sp-bastion/i-0123456789abcdef0");
    assert.deepEqual(calls[0]?.context, {
      "aws:SourceVpc": "vpc-1",
      "aws:SourceVpce": "vpce-ssm",
      "ec2:SourceInstanceARN": "arn:aws:ec2:eu-west-2:000000000000:instance/i-0123456789abcdef0",
    });
  });

  it("keeps one set of credentials until it ends or the role is another", () => {
    const door = doorEstate();
    const agents = agentsOf(door);
    agents.state(door.instance);
    agents.state(door.instance);
    assert.equal(door.estate.keys.size, 1);
    assert.ok(door.made.role);
    door.made.role.props.uniqueId = "AROAANOTHER";
    agents.state(door.instance);
    assert.equal(door.estate.keys.size, 2);
    door.advance(7 * 60 * 60 * 1000);
    agents.state(door.instance);
    assert.equal(door.estate.keys.size, 3);
  });
});
