import type { Props } from "../../../account/estate";
import { AwsError } from "../../../account/aws-error";
import { architectureOf, IMAGES } from "../../../account/images";
import { hex } from "../../../account/ids";
import type { AwsContext } from "../../aws-context";
import { block, text, texts, type ResourceType } from "../../resource-type";
import { RETRIES, WAITS } from "../../waits";
import { addInterface, regroupInterfaces, removeInterfaces } from "./interfaces";
import { groupById, subnetById, vpcById } from "./look-up";
import { INSTANCE } from "./tokens";

const NOT_PROPAGATED = "Invalid IAM Instance Profile name";
/** What Amazon Linux 2023 images ask for. */
const METADATA: Props = {
  httpEndpoint: "enabled",
  httpTokens: "required",
  httpPutResponseHopLimit: 2,
  httpProtocolIpv6: "disabled",
  instanceMetadataTags: "disabled",
};

/** An instance with one interface, in state `pending` and then `running`. No route leads to the internet, so it has no public address. */
export const instance: ResourceType = {
  token: INSTANCE,
  service: "EC2",
  noun: "EC2 Instance",
  operations: { create: "RunInstances", update: "ModifyInstanceAttribute", delete: "TerminateInstances" },
  filled: [
    "availabilityZone",
    "privateIp",
    "tenancy",
    "metadataOptions",
    "rootBlockDevice",
    "maintenanceOptions",
    "ebsOptimized",
    "disableApiStop",
    "creditSpecification",
  ],
  comparisons: { vpcSecurityGroupIds: "set" },
  rules: (inputs, fail) => {
    const launch = inputs.launchTemplate === undefined;
    if (launch && inputs.ami === undefined && inputs.instanceType === undefined)
      fail("ami", '"ami": one of `ami,launch_template` must be specified');
    const tokens = block(inputs, "metadataOptions").httpTokens;
    if (tokens !== undefined && tokens !== "required" && tokens !== "optional")
      fail("metadataOptions.httpTokens", 'expected http_tokens to be one of ["optional" "required"]');
  },
  replaceWhen: (state, news, changed) => {
    const root =
      changed.includes("rootBlockDevice") &&
      ["encrypted", "kmsKeyId"].some((key) => {
        const wanted = block(news, "rootBlockDevice")[key];
        return wanted !== undefined && wanted !== block(state, "rootBlockDevice")[key];
      });
    const type =
      changed.includes("instanceType") &&
      architectureOf(text(state, "instanceType")) !== architectureOf(text(news, "instanceType"));
    const data =
      news.userDataReplaceOnChange === true
        ? changed.filter((key) => key === "userData" || key === "userDataBase64")
        : [];
    return [...(root ? ["rootBlockDevice"] : []), ...(type ? ["instanceType"] : []), ...data];
  },
  create: async (aws, inputs) => {
    refuseImage(inputs);
    const subnet = subnetById(aws, text(inputs, "subnetId"));
    const groups = texts(inputs, "vpcSecurityGroupIds");
    for (const id of groups) {
      if (groupById(aws, id).props.vpcId !== subnet.props.vpcId) {
        throw new AwsError(
          "InvalidParameter",
          `Security group ${id} and subnet ${subnet.id} belong to different networks.`,
        );
      }
    }
    const profile = text(inputs, "iamInstanceProfile");
    if (profile !== "")
      await aws.retry(
        () => findProfile(aws, profile),
        RETRIES.iam,
        (error) => error.message.includes(NOT_PROPAGATED),
      );
    const vpc = vpcById(aws, text(subnet.props, "vpcId"));
    const used = groups.length > 0 ? groups : [text(vpc.props, "defaultSecurityGroupId")];
    const id = aws.id("i");
    const eni = addInterface(aws, subnet, used, id, inputs.privateIp);
    const privateIp = text(eni.props, "privateIp");
    return aws.add(INSTANCE, id, {
      associatePublicIpAddress: false,
      tenancy: "default",
      ebsOptimized: false,
      disableApiStop: false,
      ...inputs,
      availabilityZone: subnet.props.availabilityZone ?? "",
      vpcSecurityGroupIds: used,
      privateIp,
      metadataOptions: { ...METADATA, ...block(inputs, "metadataOptions") },
      maintenanceOptions: { autoRecovery: "default", ...block(inputs, "maintenanceOptions") },
      rootBlockDevice: rootVolume(aws, inputs),
      arn: aws.arn("ec2", `instance/${id}`),
      instanceState: "pending",
      primaryNetworkInterfaceId: eni.id,
      privateDns: `ip-${privateIp.replaceAll(".", "-")}.${aws.region === "us-east-1" ? "ec2" : `${aws.region}.compute`}.internal`,
      publicIp: "",
      publicDns: "",
      outpostArn: "",
      instanceLifecycle: "",
      passwordData: "",
      spotInstanceRequestId: "",
    });
  },
  ready: async (aws, object) => {
    await aws.wait("instanceRunning");
    object.props.instanceState = "running";
  },
  update: (aws, object, news) => {
    const profile = text(news, "iamInstanceProfile");
    if (profile !== "" && profile !== object.props.iamInstanceProfile) findProfile(aws, profile);
    for (const key of ["metadataOptions", "rootBlockDevice", "maintenanceOptions"])
      news[key] = { ...block(object.props, key), ...block(news, key) };
    if (news.vpcSecurityGroupIds !== undefined) regroupInterfaces(aws, object.id, texts(news, "vpcSecurityGroupIds"));
  },
  delete: async (aws, object) => {
    if (object.props.disableApiTermination === true) {
      throw new AwsError(
        "OperationNotPermitted",
        `The instance '${object.id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
      );
    }
    object.props.instanceState = "shutting-down";
    await aws.wait("instanceTerminated");
    removeInterfaces(aws, object.id);
  },
};

function refuseImage(inputs: Props): void {
  const image = IMAGES[text(inputs, "ami")];
  if (!image) throw new AwsError("InvalidAMIID.NotFound", `The image id '[${text(inputs, "ami")}]' does not exist`);
  const architecture = architectureOf(text(inputs, "instanceType"));
  if (architecture !== image.architecture) {
    throw new AwsError(
      "InvalidParameterValue",
      `The architecture '${architecture}' of the specified instance type does not match the architecture '${image.architecture}' of the specified AMI.`,
    );
  }
  const size = block(inputs, "rootBlockDevice").volumeSize;
  if (typeof size === "number" && size < image.snapshotSize) {
    throw new AwsError(
      "InvalidBlockDeviceMapping",
      `Volume of size ${size}GB is smaller than snapshot 'snap-${text(inputs, "ami").slice(4)}', expect size >= ${image.snapshotSize}GB`,
    );
  }
}

function findProfile(aws: AwsContext, name: string): void {
  const profile = aws.find("aws:iam/instanceProfile:InstanceProfile", name);
  const young =
    profile &&
    aws.estate.knobs.eventualConsistency &&
    aws.estate.clocks.work() - profile.createdAt < WAITS.iamPropagation;
  if (!profile || young)
    throw new AwsError(
      "InvalidParameterValue",
      `Value (${name}) for parameter iamInstanceProfile.name is invalid. ${NOT_PROPAGATED}`,
    );
}

function rootVolume(aws: AwsContext, inputs: Props): Props {
  const given = block(inputs, "rootBlockDevice");
  const size = IMAGES[text(inputs, "ami")]?.snapshotSize ?? 8;
  const defaults = {
    deleteOnTermination: true,
    deviceName: "/dev/xvda",
    encrypted: false,
    iops: 3000,
    kmsKeyId: "",
    throughput: 125,
    volumeSize: size,
    volumeType: "gp3",
  };
  return { ...defaults, ...given, volumeId: `vol-0${hex(aws.estate.randomBytes, 16)}` };
}
