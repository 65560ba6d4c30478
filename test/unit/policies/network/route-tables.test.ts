import assert from "node:assert/strict";
import { linksOf } from "../../../../policies/network/links";
import { isTable, tableOf, tablesOf } from "../../../../policies/network/route-tables";
import { inVpc, VPC, type StackSample } from "../cases/estate";
import { openVerdict, stackResources } from "../cases/stack-resources";
import { UNKNOWN } from "../run-rule";

const SUBNET = inVpc("aws:ec2/subnet:Subnet", "subnet");
const table = (name: string): StackSample => inVpc("aws:ec2/routeTable:RouteTable", name);
const associated = (from: StackSample["from"]): StackSample => ({
  type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  name: "association",
  props: { routeTableId: "rtb-1" },
  from: from ?? {},
});

function tables(...samples: StackSample[]): { readonly found: string[]; readonly open: string[] } {
  const resources = stackResources([VPC, SUBNET, ...samples]);
  const { open, verdict } = openVerdict();
  const subnets = resources.filter(({ name }) => name === "subnet");
  const found = tablesOf(subnets, resources, linksOf(resources), verdict);
  return { found: found.map(({ name }) => name), open };
}

describe("tablesOf", () => {
  it("is the associated table, whichever is the main one", () => {
    const main: StackSample = {
      type: "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation",
      name: "main",
      props: { vpcId: UNKNOWN },
      from: { vpcId: ["vpc"], routeTableId: ["other"] },
    };
    const own = associated({ subnetId: ["subnet"], routeTableId: ["own"] });
    assert.deepEqual(tables(table("own"), table("other"), own, main), { found: ["own"], open: [] });
    assert.deepEqual(tables(table("own"), table("other"), main), { found: ["other"], open: [] });
  });

  it("is the VPC's own main table where the program keeps it, else none", () => {
    const kept: StackSample = {
      type: "aws:ec2/defaultRouteTable:DefaultRouteTable",
      name: "kept",
      props: {},
      from: { defaultRouteTableId: ["vpc"] },
    };
    assert.deepEqual(tables(kept), { found: ["kept"], open: [] });
    assert.deepEqual(tables(table("of nobody")), { found: [], open: [] });
  });

  it("says an associated table that is not of the program", () => {
    assert.deepEqual(tables(associated({ subnetId: ["subnet"] })), { found: [], open: ["route table of subnet"] });
  });
});

describe("tableOf and isTable", () => {
  it("tell a table of the program from an association with another one", () => {
    const resources = stackResources([VPC, SUBNET, table("own"), associated({ subnetId: ["subnet"] })]);
    const subnet = resources.find(({ name }) => name === "subnet") as (typeof resources)[number];
    assert.deepEqual(
      tableOf(subnet, resources, linksOf(resources)).map((each) => [each.name, isTable(each)]),
      [["association", false]],
    );
    assert.equal(isTable(resources.find(({ name }) => name === "own") as (typeof resources)[number]), true);
  });
});
