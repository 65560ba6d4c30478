import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ENDPOINT_SERVICES, endpointPolicy } from "../contract/endpoint-policy";
import { policyText } from "../contract/policy-document";

/** Arguments of Endpoints. */
export interface EndpointsArgs {
  readonly vpcId: pulumi.Input<string>;
  /** One subnet per zone. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  readonly securityGroupId: pulumi.Input<string>;
  readonly region: string;
  readonly account: pulumi.Input<string>;
  /** The only role that may speak through the endpoints. */
  readonly bastionRoleArn: pulumi.Input<string>;
}

/** The interface endpoints by which the agent reaches Session Manager without internet. */
export class Endpoints extends pulumi.ComponentResource {
  /** The endpoints, for the bastion to depend on. */
  readonly all: readonly aws.ec2.VpcEndpoint[];

  constructor(name: string, args: EndpointsArgs, options?: pulumi.ComponentResourceOptions) {
    super("sallyport:network:Endpoints", name, {}, options);
    this.all = ENDPOINT_SERVICES.map(
      (service) =>
        new aws.ec2.VpcEndpoint(
          `${name}-${service}`,
          {
            vpcId: args.vpcId,
            serviceName: `com.amazonaws.${args.region}.${service}`,
            vpcEndpointType: "Interface",
            subnetIds: [...args.subnetIds],
            securityGroupIds: [args.securityGroupId],
            privateDnsEnabled: true,
            policy: pulumi
              .all([args.account, args.bastionRoleArn])
              .apply(([account, roleArn]) => policyText(endpointPolicy(service, account, roleArn))),
            tags: { Name: `${name}-${service}` },
          },
          // Two private-DNS endpoints for one service cannot stand side by side.
          { parent: this, deleteBeforeReplace: true },
        ),
    );
    this.registerOutputs({ ids: this.all.map((endpoint) => endpoint.id) });
  }
}
