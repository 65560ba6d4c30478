import assert from "node:assert/strict";
import { accessPathOf, databasesOf } from "../../../../policies/network/access-path";
import { GOOD, INSTANCE, NET, wears } from "../cases/access-path";
import { inVpc, type StackSample } from "../cases/estate";
import { openVerdict, stackResources } from "../cases/stack-resources";

const names = (found: readonly { readonly name: string }[]): string[] => found.map(({ name }) => name);

describe("accessPathOf", () => {
  it("finds bastions and databases, and their subnets and VPCs, before any id is known", () => {
    const { open, verdict } = openVerdict();
    const path = accessPathOf(stackResources(GOOD), verdict, "subnets");
    assert.deepEqual(names(path.bastions), ["bastion"]);
    assert.deepEqual(names(path.databases), ["orders"]);
    assert.deepEqual(names(path.subnets), ["access", "data"]);
    assert.deepEqual(path.vpcs, ["vpc"]);
    assert.deepEqual(open, []);
  });

  it("finds the subnets of a group of bastions, of a proxy, and of a network interface", () => {
    const card = { ...inVpc("aws:ec2/networkInterface:NetworkInterface", "card"), from: { subnetId: ["access"] } };
    const ways: readonly StackSample[] = [
      wears("aws:autoscaling/group:Group", "bastions", "vpcZoneIdentifiers", "access"),
      wears("aws:rds/proxy:Proxy", "proxy", "vpcSubnetIds", "access"),
      wears(INSTANCE, "bastion", "primaryNetworkInterface", "card"),
    ];
    for (const way of ways) {
      const path = accessPathOf(stackResources([...NET, card, way]), openVerdict().verdict);
      assert.deepEqual(names(path.subnets), ["access"], way.name);
      assert.deepEqual(path.vpcs, ["vpc"], way.name);
    }
  });

  it("says whose subnet or VPC is not of the program, where that is asked", () => {
    const resources = stackResources([{ type: INSTANCE, name: "bastion", props: { subnetId: "subnet-1" } }]);
    for (const [asked, expected] of [
      ["subnets", ["subnet of bastion"]],
      ["vpcs", ["vpc of bastion"]],
      [undefined, []],
    ] as const) {
      const { open, verdict } = openVerdict();
      accessPathOf(resources, verdict, asked);
      assert.deepEqual(open, expected);
    }
  });
});

describe("databasesOf", () => {
  it("is clusters, instances and RDS proxies; an instance of a cluster is part of it", () => {
    const types = [
      "cluster:Cluster",
      "instance:Instance",
      "proxy:Proxy",
      "proxyEndpoint:ProxyEndpoint",
      "clusterInstance:ClusterInstance",
    ];
    const all = types.map((type) => ({ type: `aws:rds/${type}`, name: type, props: {} }));
    assert.deepEqual(names(databasesOf(stackResources(all))), types.slice(0, 4));
  });
});
