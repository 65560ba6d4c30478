import { vpceNoEc2messages, vpcePrivateDns, vpceSgExplicit } from "../../../../policies/endpoints/reachable";
import { UNKNOWN } from "../run-rule";
import type { RuleCases } from "./rule-cases";

type Values = Record<string, unknown>;
const ssm = (props: Values = {}, service = "ssm"): Values => ({
  vpcEndpointType: "Interface",
  serviceName: `com.amazonaws.eu-west-2.${service}`,
  ...props,
});
const gateway: Values = { serviceName: "com.amazonaws.eu-west-2.s3" };

export const ENDPOINT_CASES: readonly RuleCases[] = [
  {
    rule: vpcePrivateDns,
    ok: [
      { title: "on", props: ssm({ privateDnsEnabled: true }) },
      { title: "a gateway", props: gateway },
      { title: "a service that the setting leaves out", props: ssm(), settings: { services: ["ssmmessages"] } },
      { title: "a service of somebody else", props: ssm({}, "vpce-svc-1") },
    ],
    bad: [
      { title: "missing", props: ssm(), found: ["privateDnsEnabled is not on"] },
      { title: "off", props: ssm({ privateDnsEnabled: false }, "ssmmessages"), found: ["privateDnsEnabled is not on"] },
      {
        title: "a service of the setting",
        props: ssm({}, "kms"),
        settings: { services: ["kms"] },
        found: ["privateDnsEnabled is not on"],
      },
    ],
    unknown: [
      { title: "the switch", props: ssm({ privateDnsEnabled: UNKNOWN }), open: ["privateDnsEnabled"] },
      { title: "the service", props: ssm({ serviceName: UNKNOWN }), open: ["serviceName"] },
    ],
  },
  {
    rule: vpceSgExplicit,
    ok: [
      { title: "a group, before its id is known", props: ssm({ securityGroupIds: [UNKNOWN] }) },
      { title: "a gateway", props: gateway },
    ],
    bad: [
      { title: "missing", props: ssm(), found: ["securityGroupIds is missing"] },
      { title: "none", props: ssm({ securityGroupIds: [] }), found: ["securityGroupIds is missing"] },
    ],
    unknown: [
      { title: "the list", props: ssm({ securityGroupIds: UNKNOWN }), open: ["securityGroupIds"] },
      { title: "the type", props: { ...ssm(), vpcEndpointType: UNKNOWN }, open: ["vpcEndpointType"] },
    ],
  },
  {
    rule: vpceNoEc2messages,
    ok: [
      { title: "another service", props: ssm() },
      { title: "agents that need it", props: ssm({}, "ec2messages"), settings: { legacyAgents: true } },
    ],
    bad: [{ title: "one", props: ssm({}, "ec2messages"), found: ["serviceName is ec2messages"] }],
    unknown: [{ title: "the service", props: { serviceName: UNKNOWN }, open: ["serviceName"] }],
  },
];
