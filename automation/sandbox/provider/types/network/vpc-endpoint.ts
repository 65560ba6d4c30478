import type { CloudObject, Json, Props } from "../../../account/estate";
import { AwsError } from "../../../account/aws-error";
import { hex } from "../../../account/ids";
import type { AwsContext } from "../../aws-context";
import { text, texts, type ResourceType } from "../../resource-type";
import { endpointService, hostedZoneId } from "./endpoint-services";
import { addInterface, interfacesOf, regroupInterfaces, removeInterfaces } from "./interfaces";
import { groupById, subnetById, vpcById } from "./look-up";
import { VPC_ENDPOINT } from "./tokens";
import { plainText } from "../../../account/plain-text";

const FULL_ACCESS = JSON.stringify({ Statement: [{ Action: "*", Effect: "Allow", Principal: "*", Resource: "*" }] });

/** An endpoint: E1 to E7 of the simulator's rules. `state` is `pending` at first. */
export const vpcEndpoint: ResourceType = {
  token: VPC_ENDPOINT,
  service: "EC2",
  noun: "EC2 VPC Endpoint",
  operations: { create: "CreateVpcEndpoint", update: "ModifyVpcEndpoint", delete: "DeleteVpcEndpoints" },
  filled: ["subnetIds", "routeTableIds", "subnetConfigurations", "dnsOptions", "serviceRegion"],
  comparisons: { policy: "json", subnetIds: "set", securityGroupIds: "set", routeTableIds: "set" },
  rules: (inputs, fail) => {
    const services = ["serviceName", "resourceConfigurationArn", "serviceNetworkArn"].filter(
      (key) => inputs[key] !== undefined,
    );
    if (services.length > 1)
      fail(services[1] ?? "", `conflicting arguments: only one of ${services.join(", ")} can be specified`);
    if (inputs.policy !== undefined && !isJson(text(inputs, "policy")))
      fail("policy", '"policy" contains an invalid JSON');
  },
  replaceWhen: (state, _news, changed) =>
    changed.includes("privateDnsEnabled") && state.vpcEndpointType !== "Interface" ? ["privateDnsEnabled"] : [],
  updateUnknown: (changed) => (changed.includes("subnetIds") ? ["networkInterfaceIds", "subnetConfigurations"] : []),
  create: (aws, inputs) => {
    const vpc = vpcById(aws, text(inputs, "vpcId"));
    const isInterface = inputs.vpcEndpointType === "Interface";
    const service = refuse(aws, inputs, vpc, undefined);
    const id = aws.id("vpce");
    const groups = texts(inputs, "securityGroupIds");
    const used = !isInterface ? [] : groups.length > 0 ? groups : [text(vpc.props, "defaultSecurityGroupId")];
    const enis = texts(inputs, "subnetIds").map((subnet) => addInterface(aws, subnetById(aws, subnet), used, id));
    return aws.add(VPC_ENDPOINT, id, {
      ipAddressType: "ipv4",
      subnetIds: [],
      routeTableIds: [],
      policy: FULL_ACCESS,
      ...inputs,
      securityGroupIds: used,
      state: "pending",
      arn: aws.arn("ec2", `vpc-endpoint/${id}`),
      dnsEntries: isInterface ? dnsEntries(aws, id, service, enis, inputs.privateDnsEnabled === true) : [],
      networkInterfaceIds: enis.map((eni) => eni.id),
      prefixListId: isInterface ? "" : aws.id("pl"),
      cidrBlocks: [],
      ownerId: aws.account,
      requesterManaged: false,
    });
  },
  ready: async (aws, object) => {
    await aws.wait("endpointAvailable");
    object.props.state = "available";
  },
  update: (aws, object, news) => {
    refuse(aws, { ...object.props, ...news }, vpcById(aws, text(object.props, "vpcId")), object.id);
    if (object.props.vpcEndpointType !== "Interface") return;
    const [wanted, enis] = [texts(news, "subnetIds"), interfacesOf(aws, object.id)];
    const groups =
      news.securityGroupIds === undefined ? texts(object.props, "securityGroupIds") : texts(news, "securityGroupIds");
    for (const eni of enis) if (!wanted.includes(text(eni.props, "subnetId"))) aws.estate.remove(eni);
    for (const id of wanted)
      if (!enis.some((eni) => eni.props.subnetId === id)) addInterface(aws, subnetById(aws, id), groups, object.id);
    regroupInterfaces(aws, object.id, groups);
    object.props.networkInterfaceIds = interfacesOf(aws, object.id).map((eni) => eni.id);
  },
  delete: async (aws, object) => {
    object.props.state = "deleting";
    await aws.wait("endpointGone");
    removeInterfaces(aws, object.id);
  },
};

function refuse(aws: AwsContext, inputs: Props, vpc: CloudObject, own: string | undefined): string {
  const invalid = (words: string): never => {
    throw new AwsError("InvalidParameter", words);
  };
  const name = text(inputs, "serviceName");
  const service = endpointService(name, text(inputs, "serviceRegion") || aws.region);
  if (!service) throw new AwsError("InvalidServiceName", `The Vpc Endpoint Service '${name}' does not exist`);
  const kind = text(inputs, "vpcEndpointType");
  if (!service.kinds.includes(kind)) invalid(`The Vpc Endpoint Service '${name}' does not support ${kind} type`);
  const [subnets, groups] = [texts(inputs, "subnetIds"), texts(inputs, "securityGroupIds")];
  if (kind === "Gateway" && (subnets.length > 0 || groups.length > 0 || inputs.privateDnsEnabled === true)) {
    invalid("Subnets, security groups and private DNS are only supported for Interface type VPC Endpoints");
  }
  if (kind === "Interface" && texts(inputs, "routeTableIds").length > 0)
    invalid("Route table IDs are only supported for Gateway type VPC Endpoints");
  const zones = new Set<Json | undefined>();
  for (const id of subnets) {
    const subnet = subnetById(aws, id);
    if (subnet.props.vpcId !== vpc.id) invalid(`The subnet ${id} does not belong to ${vpc.id}`);
    if (zones.has(subnet.props.availabilityZone)) {
      const rule =
        "VPC endpoint subnets should be in different availability zones supported by the VPC endpoint service.";
      throw new AwsError(
        "DuplicateSubnetsInSameZone",
        `Found another VPC endpoint subnet in the availability zone of ${id}. ${rule}`,
      );
    }
    zones.add(subnet.props.availabilityZone);
  }
  for (const id of groups)
    if (groupById(aws, id).props.vpcId !== vpc.id) invalid(`The security group ${id} does not belong to ${vpc.id}`);
  if (kind === "Interface" && inputs.privateDnsEnabled === true)
    refusePrivateDns(aws, vpc, name, service.service, own, invalid);
  return service.service;
}

function refusePrivateDns(
  aws: AwsContext,
  vpc: CloudObject,
  name: string,
  service: string,
  own: string | undefined,
  invalid: (words: string) => never,
): void {
  if (vpc.props.enableDnsSupport !== true || vpc.props.enableDnsHostnames !== true) {
    invalid(
      `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${vpc.id}`,
    );
  }
  const taken = aws
    .list(VPC_ENDPOINT)
    .some(
      (one) =>
        one.id !== own &&
        one.props.vpcId === vpc.id &&
        one.props.serviceName === name &&
        one.props.privateDnsEnabled === true,
    );
  if (taken) {
    invalid(
      `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${service}.${aws.region}.amazonaws.com in the VPC ${vpc.id}`,
    );
  }
}

function dnsEntries(
  aws: AwsContext,
  id: string,
  service: string,
  enis: readonly CloudObject[],
  isPrivate: boolean,
): Json {
  const label = `${id}-${hex(aws.estate.randomBytes, 8)}`;
  const own = `${service}.${aws.region}.vpce.amazonaws.com`;
  const names = [`${label}.${own}`, ...enis.map((eni) => `${label}-${plainText(eni.props.availabilityZone)}.${own}`)];
  if (isPrivate) names.push(`${service}.${aws.region}.amazonaws.com`);
  return names.map((dnsName) => ({ dnsName, hostedZoneId: hostedZoneId(dnsName) }));
}

function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}
