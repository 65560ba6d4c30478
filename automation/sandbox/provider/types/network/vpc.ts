import { AwsError } from "../../../account/aws-error";
import { text, type ResourceType } from "../../resource-type";
import { parseCidr } from "./cidr";
import { NETWORK_INTERFACE, ROUTE_TABLE, SECURITY_GROUP, SUBNET, VPC, VPC_ENDPOINT } from "./tokens";

/** Default quota of VPCs in a region. */
const LIMIT = 5;

/** A VPC, with the default group and main route table that AWS makes beside it (N3). */
export const vpc: ResourceType = {
  token: VPC,
  service: "EC2",
  noun: "EC2 VPC",
  operations: { create: "CreateVpc", update: "ModifyVpcAttribute", delete: "DeleteVpc" },
  filled: ["cidrBlock", "ipv6CidrBlock", "ipv6CidrBlockNetworkBorderGroup", "enableNetworkAddressUsageMetrics"],
  rules: (inputs, fail) => {
    if (inputs.cidrBlock === undefined) return;
    const cidr = parseCidr(text(inputs, "cidrBlock"));
    if (!cidr || cidr.prefix < 16 || cidr.prefix > 28) {
      fail(
        "cidrBlock",
        `expected "cidr_block" to contain a valid network Value with prefix between 16 and 28, got: ${text(inputs, "cidrBlock")}`,
      );
    }
  },
  create: (aws, inputs) => {
    if (aws.list(VPC).length >= LIMIT)
      throw new AwsError("VpcLimitExceeded", "The maximum number of VPCs has been reached.");
    if (inputs.cidrBlock === undefined)
      throw new AwsError("MissingParameter", "The request must contain the parameter cidrBlock");
    const id = aws.id("vpc");
    const [group, table] = [aws.id("sg"), aws.id("rtb")];
    const ownerId = aws.account;
    aws.add(
      SECURITY_GROUP,
      group,
      {
        name: "default",
        description: "default VPC security group",
        vpcId: id,
        arn: aws.arn("ec2", `security-group/${group}`),
        ownerId,
        ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }],
        egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
        region: aws.region,
        tagsAll: {},
      },
      { default: true },
    );
    aws.add(
      ROUTE_TABLE,
      table,
      { vpcId: id, arn: aws.arn("ec2", `route-table/${table}`), ownerId, routes: [], region: aws.region, tagsAll: {} },
      { main: true },
    );
    return aws.add(VPC, id, {
      ...inputs,
      arn: aws.arn("ec2", `vpc/${id}`),
      defaultSecurityGroupId: group,
      defaultNetworkAclId: aws.id("acl"),
      defaultRouteTableId: table,
      mainRouteTableId: table,
      dhcpOptionsId: aws.id("dopt"),
      enableNetworkAddressUsageMetrics: inputs.enableNetworkAddressUsageMetrics ?? false,
      ipv6AssociationId: "",
      ownerId,
    });
  },
  ready: (aws) => aws.wait("moment"),
  replaceWhen: (state, news, changed) =>
    changed.includes("instanceTenancy") && state.instanceTenancy === "default" && news.instanceTenancy === "dedicated"
      ? ["instanceTenancy"]
      : [],
  delete: (aws, object) => {
    const inside = [SUBNET, VPC_ENDPOINT, SECURITY_GROUP, ROUTE_TABLE, NETWORK_INTERFACE]
      .flatMap((token) => aws.list(token))
      .filter((one) => one.props.vpcId === object.id);
    if (inside.some((one) => one.hidden.default !== true && one.hidden.main !== true)) {
      throw new AwsError("DependencyViolation", `The vpc '${object.id}' has dependencies and cannot be deleted.`);
    }
    for (const one of inside) aws.estate.remove(one);
  },
};
