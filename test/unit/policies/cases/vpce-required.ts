import { BASTION, endpoint, NETWORK, VPC, type StackSample } from "./estate";

const MISSING = (service: string, name = "bastion"): string =>
  `${name}: The bastion's VPC has no interface endpoint for ${service}`;
const without = (service: string, props: Record<string, unknown>): StackSample => ({ ...endpoint(service), props });

/** Stacks in which a bastion cannot reach Session Manager. */
export const VPCE_BAD: readonly {
  readonly title: string;
  readonly resources: readonly StackSample[];
  readonly found: readonly string[];
}[] = [
  { title: "none", resources: [...NETWORK, BASTION], found: [MISSING("ssm"), MISSING("ssmmessages")] },
  { title: "only ssm", resources: [...NETWORK, BASTION, endpoint("ssm")], found: [MISSING("ssmmessages")] },
  {
    title: "endpoints of another VPC",
    resources: [
      ...NETWORK,
      { ...VPC, name: "other" },
      BASTION,
      endpoint("ssm", "other"),
      endpoint("ssmmessages", "other"),
    ],
    found: [MISSING("ssm"), MISSING("ssmmessages")],
  },
  {
    title: "gateway endpoints, which is what a missing type means",
    resources: [
      ...NETWORK,
      BASTION,
      endpoint("ssm"),
      without("ssmmessages", { serviceName: "com.amazonaws.eu-west-2.ssmmessages" }),
    ],
    found: [MISSING("ssmmessages")],
  },
  {
    title: "a service whose name only ends alike",
    resources: [...NETWORK, BASTION, endpoint("ssmmessages"), endpoint("not-ssm")],
    found: [MISSING("ssm")],
  },
  {
    title: "a bastion that is known by its tag and its group",
    resources: [
      ...NETWORK,
      {
        type: "aws:ec2/instance:Instance",
        name: "server",
        props: { tags: { "sallyport:door": "acme/dev" } },
        from: { vpcSecurityGroupIds: ["group"] },
      },
      endpoint("ssm"),
    ],
    found: [MISSING("ssmmessages", "server")],
  },
  {
    title: "a group that starts bastions",
    resources: [
      ...NETWORK,
      {
        type: "aws:autoscaling/group:Group",
        name: "the-Bastions",
        props: {},
        from: { vpcZoneIdentifiers: ["subnet"] },
      },
      endpoint("ssmmessages"),
    ],
    found: [MISSING("ssm", "the-Bastions")],
  },
];
