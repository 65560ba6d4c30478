import * as aws from "@pulumi/aws";
import { HUB, REGION, TAGS } from "./settings";

const ANYWHERE = "0.0.0.0/0";

/** The shop's VPC: one part on the internet, one for the application, which dials out by NAT, one for data and one for operators. */
export const vpc = new aws.ec2.Vpc("shop", { cidrBlock: "10.20.0.0/16", enableDnsHostnames: true, tags: TAGS });

/** What names no group gets this one, which admits nothing. */
new aws.ec2.DefaultSecurityGroup("nothing", { vpcId: vpc.id, ingress: [], egress: [], tags: TAGS });

/** Subnets in two zones with one route table. */
class Zone {
  readonly subnets: readonly aws.ec2.Subnet[];
  readonly table: aws.ec2.RouteTable;

  constructor(name: string, thirdByte: number) {
    this.table = new aws.ec2.RouteTable(name, { vpcId: vpc.id, tags: TAGS });
    this.subnets = ["a", "b"].map((letter, index) => {
      const subnet = new aws.ec2.Subnet(`${name}-${letter}`, {
        vpcId: vpc.id,
        availabilityZone: `${REGION}${letter}`,
        cidrBlock: `10.20.${thirdByte + index}.0/24`,
        mapPublicIpOnLaunch: false,
        tags: TAGS,
      });
      new aws.ec2.RouteTableAssociation(`${name}-${letter}`, { subnetId: subnet.id, routeTableId: this.table.id });
      return subnet;
    });
  }

  get ids() {
    return this.subnets.map(({ id }) => id);
  }
}

const edge = new Zone("edge", 0);
export const app = new Zone("app", 10);
export const data = new Zone("data", 20);
export const operators = new Zone("operators", 30);

const internet = new aws.ec2.InternetGateway("internet", { vpcId: vpc.id, tags: TAGS });
new aws.ec2.Route("edge-out", {
  routeTableId: edge.table.id,
  destinationCidrBlock: ANYWHERE,
  gatewayId: internet.id,
});
const address = new aws.ec2.Eip("app-out", { domain: "vpc", tags: TAGS });
const nat = new aws.ec2.NatGateway("app-out", {
  subnetId: edge.ids[0]!,
  allocationId: address.id,
  tags: TAGS,
});
new aws.ec2.Route("app-out", { routeTableId: app.table.id, destinationCidrBlock: ANYWHERE, natGatewayId: nat.id });

new aws.ec2.Route("data-hub", {
  routeTableId: data.table.id,
  destinationCidrBlock: HUB.everything,
  transitGatewayId: HUB.transitGateway,
});
new aws.ec2.Route("operators-out", {
  routeTableId: operators.table.id,
  destinationCidrBlock: ANYWHERE,
  transitGatewayId: HUB.transitGateway,
});
