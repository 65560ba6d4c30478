import type { Props } from "../../../account/estate";
import { AwsError } from "../../../account/aws-error";
import type { AwsContext } from "../../aws-context";
import { text, type ResourceType } from "../../resource-type";
import { parseCidr } from "./cidr";
import { groupById } from "./look-up";
import { EGRESS_RULE, INGRESS_RULE } from "./tokens";
import { plainText } from "../../../account/plain-text";

const PEERS = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"] as const;
/** Default quota of rules of a group in one direction. */
const LIMIT = 60;

/** One rule of a group: one direction, one peer (N7, N8). */
export const ingressRule = ruleType(INGRESS_RULE, "Ingress");
/** One rule of a group: one direction, one peer (N7, N8). */
export const egressRule = ruleType(EGRESS_RULE, "Egress");

function ruleType(token: string, direction: "Ingress" | "Egress"): ResourceType {
  return {
    token,
    service: "EC2",
    noun: `VPC Security Group ${direction} Rule`,
    operations: {
      create: `AuthorizeSecurityGroup${direction}`,
      update: "ModifySecurityGroupRules",
      delete: `RevokeSecurityGroup${direction}`,
    },
    rules: (inputs, fail) => {
      const peers = PEERS.filter((key) => inputs[key] !== undefined);
      if (peers.length > 1)
        fail(peers[1] ?? "", `These attributes cannot be configured together: [${PEERS.join(",")}]`);
      if (inputs.cidrIpv4 !== undefined && !parseCidr(text(inputs, "cidrIpv4")))
        fail("cidrIpv4", `${text(inputs, "cidrIpv4")} must be a network address`);
      for (const key of ["fromPort", "toPort"]) {
        const port = inputs[key];
        if (typeof port === "number" && (port < -1 || port > 65_535)) fail(key, "value must be between -1 and 65535");
      }
    },
    replaceWhen: (state, news, changed) =>
      changed.filter((key) => isPeer(key) && (state[key] === undefined || news[key] === undefined)),
    create: (aws, inputs) => {
      const rule = { ...inputs, ipProtocol: protocolOf(inputs) };
      refuse(aws, token, rule, undefined);
      const id = aws.id("sgr");
      return aws.add(token, id, { ...rule, arn: aws.arn("ec2", `security-group-rule/${id}`), securityGroupRuleId: id });
    },
    ready: (aws) => aws.wait("moment"),
    update: (aws, object, news) => refuse(aws, token, news, object.id),
  };
}

function refuse(aws: AwsContext, token: string, rule: Props, own: string | undefined): void {
  const group = groupById(aws, text(rule, "securityGroupId"));
  const peers = PEERS.filter((key) => rule[key] !== undefined);
  if (peers.length !== 1) throw new AwsError("InvalidParameterValue", `exactly one of ${PEERS.join(", ")}`);
  if (rule.referencedSecurityGroupId !== undefined) {
    const peer = groupById(aws, text(rule, "referencedSecurityGroupId"));
    if (peer.props.vpcId !== group.props.vpcId)
      throw new AwsError(
        "InvalidGroup.NotFound",
        "You have specified two resources that belong to different networks.",
      );
  }
  const protocol = protocolOf(rule);
  if (["tcp", "udp"].includes(protocol) && (rule.fromPort === undefined || rule.toPort === undefined)) {
    throw new AwsError(
      "InvalidParameterValue",
      "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
    );
  }
  const others = aws.list(token).filter((one) => one.props.securityGroupId === group.id && one.id !== own);
  const keyOf = (props: Props): string =>
    JSON.stringify([
      protocolOf(props),
      props.fromPort ?? -1,
      props.toPort ?? -1,
      ...PEERS.map((key) => props[key] ?? ""),
    ]);
  if (others.some((one) => keyOf(one.props) === keyOf(rule))) {
    const peer = PEERS.map((key) => text(rule, key)).join("");
    const ports = `from port: ${plainText(rule.fromPort)}, to port: ${plainText(rule.toPort)}`;
    throw new AwsError(
      "InvalidPermission.Duplicate",
      `the specified rule "peer: ${peer}, ${protocol.toUpperCase()}, ${ports}, ALLOW" already exists`,
    );
  }
  if (others.length >= LIMIT)
    throw new AwsError(
      "RulesPerSecurityGroupLimitExceeded",
      "The maximum number of rules per security group has been reached.",
    );
}

function isPeer(key: string): boolean {
  return (PEERS as readonly string[]).includes(key);
}

function protocolOf(props: Props): string {
  return text(props, "ipProtocol").toLowerCase();
}
