import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { DOOR_TAG_KEY, doorTagValue } from "../contract/names";

/** Arguments of Bastion. */
export interface BastionArgs {
  readonly estate: string;
  readonly env: string;
  /** An arm64 type, e.g. `t4g.nano`. */
  readonly instanceType: string;
  readonly subnetId: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  readonly profileName: pulumi.Input<string>;
  /** What must stand before the agent first calls: endpoints and rules. Otherwise it tries again only minutes later. */
  readonly after: readonly pulumi.Resource[];
}

/** Public parameter of the newest Amazon Linux 2023 for arm64; the minimal image has no agent. */
const IMAGE_PARAMETER = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";
/** Gigabytes; the image's own snapshot needs eight. */
const ROOT_VOLUME_SIZE = 8;

/** The door itself: an instance without key, inbound rule or public address, found by its tag. */
export class Bastion extends pulumi.ComponentResource {
  readonly instanceId: pulumi.Output<string>;

  constructor(name: string, args: BastionArgs, options?: pulumi.ComponentResourceOptions) {
    super("sallyport:bastion:Bastion", name, {}, options);
    const image = aws.ssm.getParameterOutput({ name: IMAGE_PARAMETER }, { parent: this });
    const instance = new aws.ec2.Instance(
      name,
      {
        ami: image.insecureValue,
        instanceType: args.instanceType,
        subnetId: args.subnetId,
        vpcSecurityGroupIds: [args.securityGroupId],
        iamInstanceProfile: args.profileName,
        associatePublicIpAddress: false,
        metadataOptions: {
          httpEndpoint: "enabled",
          httpTokens: "required",
          httpPutResponseHopLimit: 1,
          instanceMetadataTags: "disabled",
        },
        rootBlockDevice: {
          encrypted: true,
          volumeType: "gp3",
          volumeSize: ROOT_VOLUME_SIZE,
          deleteOnTermination: true,
        },
        maintenanceOptions: { autoRecovery: "default" },
        tags: {
          Name: name,
          [DOOR_TAG_KEY]: doorTagValue(args.estate, args.env),
        },
      },
      // The parameter moves with each image release; a new image is taken by replacing the bastion on purpose.
      { parent: this, dependsOn: [...args.after], ignoreChanges: ["ami"] },
    );
    this.instanceId = instance.id;
    this.registerOutputs({ instanceId: this.instanceId });
  }
}
