import { vpcePolicy } from "../../../../policies/endpoints/vpce-policy";
import { UNKNOWN } from "../run-rule";
import type { StackSample } from "./estate";
import type { StackRuleCases } from "./stack-rule-cases";

type Values = Record<string, unknown>;
const made = (props: Values, from: StackSample["from"] = {}): StackSample => ({
  type: "aws:ec2/vpcEndpoint:VpcEndpoint",
  name: "ssm",
  props: { vpcEndpointType: "Interface", serviceName: "com.amazonaws.eu-west-2.ssm", ...props },
  from,
});
const apart = (policy: unknown): StackSample => ({
  type: "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
  name: "apart",
  props: { policy },
  from: { vpcEndpointId: ["ssm"], policy: [] },
});
const statement = (more: Values = {}): Values => ({
  Statement: [{ Effect: "Allow", Action: "ssm:*", Resource: "*", Principal: "*", ...more }],
});
/** Without Principal. */
const ANYBODY = { Statement: { Effect: "Allow", Action: "ssm:*", Resource: "*" } };
const Condition = { StringEquals: { "aws:PrincipalAccount": "111122223333" } };
const EVERYBODY = "policy: Statement[0] allows every Principal without Condition";

export const VPCE_POLICY_CASES: StackRuleCases = {
  rule: vpcePolicy,
  ok: [
    {
      title: "narrowed by a condition, as text",
      resources: [made({ policy: JSON.stringify(statement({ Condition })) })],
    },
    {
      title: "for one role, as an object",
      resources: [made({ policy: statement({ Principal: { AWS: "arn:aws:iam::1:role/r" } }) })],
    },
    { title: "a denial for everybody", resources: [made({ policy: statement({ Effect: "Deny" }) })] },
    {
      title: "one that stands apart, and replaces it",
      resources: [made({ policy: statement() }), apart(JSON.stringify(statement({ Condition })))],
    },
    { title: "another service", resources: [made({ serviceName: "com.amazonaws.eu-west-2.kms" })] },
    { title: "none looked at", resources: [made({})], settings: { services: [] } },
  ],
  bad: [
    { title: "missing", resources: [made({})], found: ["ssm: policy is missing"] },
    {
      title: "missing, which AWS would tell",
      resources: [made({ policy: UNKNOWN }, { serviceName: [] })],
      found: ["ssm: policy is missing"],
    },
    { title: "AWS's default", resources: [made({ policy: statement({ Action: "*" }) })], found: [`ssm: ${EVERYBODY}`] },
    {
      title: "every account",
      resources: [made({ policy: statement({ Principal: { AWS: ["*"] } }) })],
      found: [`ssm: ${EVERYBODY}`],
    },
    {
      title: "nobody by name",
      resources: [made({ policy: ANYBODY })],
      found: [`ssm: ${EVERYBODY}`],
    },
    {
      title: "all but one",
      resources: [made({ policy: { Statement: { ...ANYBODY.Statement, NotPrincipal: { AWS: "111122223333" } } } })],
      found: [`ssm: ${EVERYBODY}`],
    },
    {
      title: "one that stands apart",
      resources: [made({}), apart(JSON.stringify(statement()))],
      found: [`apart: ${EVERYBODY}`],
    },
    {
      title: "what cannot be read",
      resources: [made({ policy: "hunter2" })],
      found: ["ssm: policy is not a policy document in JSON"],
    },
    {
      title: "a service of the setting",
      resources: [made({ serviceName: "com.amazonaws.eu-west-2.kms" })],
      settings: { services: ["kms"] },
      found: ["ssm: policy is missing"],
    },
  ],
  unknown: [
    { title: "the policy", resources: [made({ policy: UNKNOWN }, { policy: [] })], open: ["policy"] },
    {
      title: "the service; the one that is known is decided",
      resources: [made({ serviceName: UNKNOWN }), { ...made({}), name: "known" }],
      open: ["serviceName"],
      found: ["known: policy is missing"],
    },
  ],
};
