import { AwsError } from "../../../account/aws-error";
import { text, type ResourceType } from "../../resource-type";
import { subnetById } from "./look-up";
import { ROUTE_TABLE, ROUTE_TABLE_ASSOCIATION } from "./tokens";

/** A subnet's own route table; without one it uses the main table (N9). */
export const routeTableAssociation: ResourceType = {
  token: ROUTE_TABLE_ASSOCIATION,
  service: "EC2",
  noun: "EC2 Route Table Association",
  operations: {
    create: "AssociateRouteTable",
    update: "ReplaceRouteTableAssociation",
    delete: "DisassociateRouteTable",
  },
  rules: (inputs, fail) => {
    if (inputs.subnetId !== undefined && inputs.gatewayId !== undefined)
      fail("subnetId", "exactly one of subnetId, gatewayId");
  },
  create: (aws, inputs) => {
    const [table, subnet] = [aws.find(ROUTE_TABLE, inputs.routeTableId), subnetById(aws, text(inputs, "subnetId"))];
    if (!table)
      throw new AwsError(
        "InvalidRouteTableID.NotFound",
        `The routeTable ID '${text(inputs, "routeTableId")}' does not exist`,
      );
    if (table.props.vpcId !== subnet.props.vpcId) {
      throw new AwsError(
        "InvalidParameterValue",
        `Route table ${table.id} and subnet ${subnet.id} belong to different networks`,
      );
    }
    if (aws.list(ROUTE_TABLE_ASSOCIATION).some((one) => one.props.subnetId === subnet.id)) {
      throw new AwsError(
        "Resource.AlreadyAssociated",
        `the specified association for route table ${table.id} conflicts with an existing association`,
      );
    }
    return aws.add(ROUTE_TABLE_ASSOCIATION, aws.id("rtbassoc"), inputs);
  },
  ready: (aws) => aws.wait("moment"),
};
