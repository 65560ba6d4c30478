import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { SubnetPlan } from "./subnet-plan";
import { planSubnets } from "./subnet-plan";

/** Arguments of Network. */
export interface NetworkArgs {
  /** IPv4 network of the VPC, e.g. `10.40.0.0/24`. */
  readonly cidr: string;
  /** Availability zones, each with one access and one data subnet. */
  readonly zones: 2 | 3;
}

/**
 * A VPC without a way out: private subnets only, route tables without routes, no internet gateway, no NAT, no public address, and a
 * default group without rules.
 */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  /** For the bastion and the endpoints, one per zone. */
  readonly accessSubnetIds: readonly pulumi.Output<string>[];
  /** For the clusters, one per zone. */
  readonly dataSubnetIds: readonly pulumi.Output<string>[];

  constructor(name: string, args: NetworkArgs, options?: pulumi.ComponentResourceOptions) {
    super("sallyport:network:Network", name, {}, options);
    const plan = planSubnets(args.cidr, args.zones);
    const vpc = new aws.ec2.Vpc(
      `${name}-vpc`,
      {
        cidrBlock: args.cidr,
        enableDnsSupport: true,
        // Off by default; private DNS of the endpoints needs both.
        enableDnsHostnames: true,
        tags: { Name: name },
      },
      { parent: this },
    );
    // Every VPC has this group and it cannot be deleted: whatever names no group wears it, so it admits nothing and dials nowhere.
    new aws.ec2.DefaultSecurityGroup(
      `${name}-default`,
      { vpcId: vpc.id, ingress: [], egress: [], tags: { Name: `${name}-default` } },
      { parent: this },
    );
    // Local zones are opt-in and have no endpoints.
    const zones = aws.getAvailabilityZonesOutput(
      { state: "available", filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }] },
      { parent: this },
    );
    this.vpcId = vpc.id;
    this.accessSubnetIds = this.subnets(name, "access", plan.access, vpc, zones.names);
    this.dataSubnetIds = this.subnets(name, "data", plan.data, vpc, zones.names);
    this.registerOutputs({
      vpcId: this.vpcId,
      accessSubnetIds: this.accessSubnetIds,
      dataSubnetIds: this.dataSubnetIds,
    });
  }

  /** Subnets of one kind with their own route table, whose only route is the implicit local one. */
  private subnets(
    name: string,
    kind: "access" | "data",
    plans: readonly SubnetPlan[],
    vpc: aws.ec2.Vpc,
    zones: pulumi.Output<string[]>,
  ): pulumi.Output<string>[] {
    const routeTable = new aws.ec2.RouteTable(
      `${name}-${kind}`,
      { vpcId: vpc.id, tags: { Name: `${name}-${kind}` } },
      { parent: this },
    );
    return plans.map((plan) => {
      const subnet = new aws.ec2.Subnet(
        `${name}-${plan.name}`,
        {
          vpcId: vpc.id,
          cidrBlock: plan.cidr,
          availabilityZone: zones.apply((names) => zoneAt(names, plan.zone)),
          mapPublicIpOnLaunch: false,
          tags: { Name: `${name}-${plan.name}` },
        },
        { parent: this },
      );
      const association = new aws.ec2.RouteTableAssociation(
        `${name}-${plan.name}`,
        { subnetId: subnet.id, routeTableId: routeTable.id },
        { parent: this },
      );
      // Whoever uses the subnet finds it on its own route table, not on the VPC's main one.
      return pulumi.all([subnet.id, association.id]).apply(([id]) => id);
    });
  }
}

function zoneAt(names: readonly string[], index: number): string {
  const zone = names[index];
  if (zone === undefined)
    throw new Error(
      `the region has ${names.length} availability zones, but sallyport:network.zones wants ${index + 1}`,
    );
  return zone;
}
