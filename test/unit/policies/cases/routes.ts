import { netNoDefaultRoute } from "../../../../policies/network/default-route";
import { UNKNOWN } from "../run-rule";
import { GOOD } from "./access-path";
import { ANYWHERE, ASSOCIATION, FOREIGN, gateway, made, main, ROUTE, route, TABLE, table } from "./network-samples";
import type { StackRuleCases } from "./stack-rule-cases";

export const ROUTE_CASES: readonly StackRuleCases[] = [
  {
    rule: netNoDefaultRoute,
    ok: [
      { title: "tables without routes, which AWS would tell", resources: table() },
      { title: "no table at all", resources: GOOD },
      { title: "a route of its own block", resources: [...table(), route({ destinationCidrBlock: "10.9.0.0/16" })] },
      {
        title: "a default route of a table for other subnets",
        resources: [
          ...table(),
          made(TABLE, "public", { vpcId: ["vpc"] }),
          route(ANYWHERE, { routeTableId: ["public"], gatewayId: ["gateway"] }),
        ],
      },
      {
        title: "a target that the setting names",
        resources: [...table(), route(ANYWHERE, { routeTableId: ["table"], transitGatewayId: ["vpc"] })],
        settings: { allowedTargets: ["transitGatewayId"] },
      },
    ],
    bad: [
      {
        title: "a route",
        resources: [...table(), gateway, route(ANYWHERE)],
        found: ["route: destinationCidrBlock leads everywhere"],
      },
      {
        title: "IPv6, and a target that is not the setting's",
        resources: [
          ...table(),
          route({ destinationIpv6CidrBlock: "::/0", natGatewayId: "nat-1" }, { routeTableId: ["table"] }),
        ],
        settings: { allowedTargets: ["transitGatewayId"] },
        found: ["route: destinationIpv6CidrBlock leads everywhere"],
      },
      {
        title: "inside the table",
        resources: table(
          { routes: [{ cidrBlock: "10.9.0.0/16" }, { cidrBlock: "0.0.0.0/0", gatewayId: UNKNOWN }] },
          { routes: ["vpc"] },
        ),
        found: ["table: routes[1].cidrBlock leads everywhere"],
      },
      {
        title: "the main table, which the program keeps",
        resources: [
          ...GOOD,
          main(
            "aws:ec2/defaultRouteTable:DefaultRouteTable",
            { defaultRouteTableId: ["vpc"] },
            { routes: [{ cidrBlock: "0.0.0.0/0" }] },
          ),
        ],
        found: ["main: routes[0].cidrBlock leads everywhere"],
      },
      {
        title: "a table that becomes the main one",
        resources: [
          ...GOOD,
          made(TABLE, "table", { vpcId: ["vpc"] }),
          main("aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation", {
            vpcId: ["vpc"],
            routeTableId: ["table"],
          }),
          route(ANYWHERE),
        ],
        found: ["route: destinationCidrBlock leads everywhere"],
      },
      {
        title: "a route in the VPC's own main table",
        resources: [...GOOD, route(ANYWHERE, { routeTableId: ["vpc"] })],
        found: ["route: destinationCidrBlock leads everywhere"],
      },
      {
        title: "by ids, when they are known",
        resources: [
          { type: "aws:ec2/subnet:Subnet", name: "access", props: { id: "subnet-1", vpcId: "vpc-1" } },
          FOREIGN,
          { type: TABLE, name: "table", props: { id: "rtb-1", vpcId: "vpc-1" } },
          { type: ASSOCIATION, name: "plug", props: { subnetId: "subnet-1", routeTableId: "rtb-1" } },
          { type: ROUTE, name: "route", props: { routeTableId: "rtb-1", ...ANYWHERE, gatewayId: "igw-1" } },
        ],
        found: ["route: destinationCidrBlock leads everywhere"],
      },
    ],
    unknown: [
      {
        title: "a block",
        resources: [...table(), route({ destinationCidrBlock: UNKNOWN })],
        open: ["destinationCidrBlock"],
      },
      { title: "the routes of a table", resources: table({}, { routes: ["vpc"] }), open: ["routes"] },
      { title: "a subnet from elsewhere", resources: [FOREIGN], open: ["subnet of bastion"] },
      {
        title: "a table from elsewhere",
        resources: [...GOOD, made(ASSOCIATION, "plug", { subnetId: ["data"] }, { routeTableId: "rtb-1" })],
        open: ["route table of data"],
      },
      {
        title: "a default route in a table from elsewhere",
        resources: [...GOOD, route({ ...ANYWHERE, routeTableId: "rtb-1" }, {})],
        open: ["route table of route"],
      },
    ],
  },
];
