import assert from "node:assert/strict";
import { reachesService } from "../../../../../automation/sandbox/network/reaches-service";
import { doorEstate, type DoorEstate } from "../../../../support/door-estate";

/** What the agent of a door with one thing changed meets on its way to `ssm`. */
function after(change: (door: DoorEstate) => void): string {
  const door = doorEstate();
  change(door);
  const path = reachesService(door.estate, door.instance, "ssm");
  return path.ok ? `reaches ${path.endpoint.id}` : `${path.kind}: ${path.reason}`;
}

const set = (name: string, key: string, value: string | boolean | string[]) => (door: DoorEstate) => {
  const object = door.made[name];
  assert.ok(object);
  object.props[key] = value;
};

describe("the way to a service", () => {
  it("leads through the interface endpoint of that service", () => {
    const { estate, instance } = doorEstate();
    const [ssm, channels] = [reachesService(estate, instance, "ssm"), reachesService(estate, instance, "ssmmessages")];
    assert.deepEqual(
      [ssm.ok && ssm.endpoint.id, channels.ok && channels.endpoint.id],
      ["vpce-ssm", "vpce-ssmmessages"],
    );
  });

  const cases: readonly [string, (door: DoorEstate) => void, string][] = [
    [
      "no endpoint",
      (door) => door.drop("ssm"),
      "timeout: there is no interface endpoint ssm in vpc-1, and no internet route",
    ],
    [
      "a gateway endpoint",
      set("ssm", "vpcEndpointType", "Gateway"),
      "timeout: there is no interface endpoint ssm in vpc-1, and no internet route",
    ],
    [
      "private DNS off",
      set("ssm", "privateDnsEnabled", false),
      "timeout: the endpoint ssm has no private DNS: the name leads to the internet",
    ],
    [
      "DNS support off later",
      set("vpc", "enableDnsSupport", false),
      "name: enableDnsSupport of vpc-1 is off: no name resolves",
    ],
    [
      "DNS host names off later",
      set("vpc", "enableDnsHostnames", false),
      "timeout: enableDnsHostnames of vpc-1 is off: private DNS does not answer",
    ],
    ["an endpoint that is not ready", set("ssm", "state", "pending"), "timeout: the endpoint ssm is pending"],
    [
      "egress 443 removed",
      (door) => door.drop("bastion-to-endpoint"),
      "timeout: no egress rule of sg-bastion lets tcp 443 out to the endpoint ssm",
    ],
    [
      "ingress 443 removed",
      (door) => door.drop("endpoint-from-bastion"),
      "timeout: no ingress rule of sg-endpoint lets tcp 443 in to the endpoint ssm from the instance",
    ],
    [
      "the endpoint in the default group",
      set("ssm", "securityGroupIds", []),
      "timeout: no egress rule of sg-bastion lets tcp 443 out to the endpoint ssm",
    ],
    [
      "an instance without subnet",
      set("instance", "subnetId", ""),
      "timeout: i-0123456789abcdef0 has no network interface",
    ],
    ["an endpoint without subnets", set("ssm", "subnetIds", []), "timeout: the endpoint ssm has no network interface"],
  ];
  for (const [title, change, expected] of cases)
    it(`${title}: ${expected.slice(0, expected.indexOf(":"))}`, () => assert.equal(after(change), expected));

  it("a CIDR rule does as well as a group", () => {
    const seen = after((door) => {
      for (const name of ["bastion-to-endpoint", "endpoint-from-bastion"]) {
        const rule = door.made[name];
        assert.ok(rule);
        delete rule.props.referencedSecurityGroupId;
        rule.props.cidrIpv4 = "10.40.0.0/26";
      }
    });
    assert.equal(seen, "reaches vpce-ssm");
  });
});
