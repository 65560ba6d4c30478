import type { Props } from "../../../account/estate";
import { AwsError } from "../../../account/aws-error";
import { text, type ResourceType } from "../../resource-type";
import { vpcById } from "./look-up";
import { ROUTE_TABLE, ROUTE_TABLE_ASSOCIATION } from "./tokens";
import { plainText } from "../../../account/plain-text";

const DESTINATIONS = ["cidrBlock", "ipv6CidrBlock", "destinationPrefixListId"];

/** A route table with its implicit local route. Gateways are not simulated, so a route to one is refused by its name. */
export const routeTable: ResourceType = {
  token: ROUTE_TABLE,
  service: "EC2",
  noun: "EC2 Route Table",
  operations: { create: "CreateRouteTable", update: "CreateRoute", delete: "DeleteRouteTable" },
  filled: ["propagatingVgws"],
  comparisons: { routes: "set" },
  rules: (inputs, fail) => {
    for (const [index, route] of routesOf(inputs).entries()) {
      const destinations = DESTINATIONS.filter((key) => route[key] !== undefined);
      const targets = Object.keys(route).filter((key) => !DESTINATIONS.includes(key));
      if (destinations.length !== 1 || targets.length !== 1)
        fail(`routes[${index}]`, "exactly one destination and one target per route");
    }
  },
  create: (aws, inputs) => {
    vpcById(aws, text(inputs, "vpcId"));
    refuseRoutes(inputs);
    const id = aws.id("rtb");
    return aws.add(ROUTE_TABLE, id, {
      routes: [],
      propagatingVgws: [],
      ...inputs,
      arn: aws.arn("ec2", `route-table/${id}`),
      ownerId: aws.account,
    });
  },
  ready: (aws) => aws.wait("moment"),
  update: (_aws, _object, news) => refuseRoutes(news),
  delete: (aws, object) => {
    if (
      object.hidden.main === true ||
      aws.list(ROUTE_TABLE_ASSOCIATION).some((one) => one.props.routeTableId === object.id)
    ) {
      throw new AwsError(
        "DependencyViolation",
        `The routeTable '${object.id}' has dependencies and cannot be deleted.`,
      );
    }
  },
};

function refuseRoutes(inputs: Props): void {
  const seen = new Set<string>();
  for (const route of routesOf(inputs)) {
    const destination = DESTINATIONS.map((key) => text(route, key)).join("");
    if (seen.has(destination))
      throw new AwsError("RouteAlreadyExists", `The route identified by ${destination} already exists.`);
    seen.add(destination);
    const target = Object.entries(route).find(([key]) => !DESTINATIONS.includes(key));
    throw new AwsError("InvalidParameterValue", `no such target here: ${plainText(target?.[1])}`);
  }
}

function routesOf(inputs: Props): Props[] {
  return Array.isArray(inputs.routes) ? (inputs.routes as Props[]) : [];
}
