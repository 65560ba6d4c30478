import { eachResourceGrant } from "../documents/resource-policy";
import type { Statement } from "../documents/iam-document";
import { knownOf } from "../known-elements";
import { linksOf } from "../network/links";
import { written } from "../network/written";
import type { StackResource, StackRule, StackVerdict } from "../rule";
import { isSet } from "../values";
import { ENDPOINT, isLookedAt, SERVICES } from "./session-endpoints";

const POLICY = "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy";

/** Endpoints speak for the own account only. */
export const vpcePolicy: StackRule = {
  id: "vpce-policy",
  title: "An interface endpoint of Session Manager has a policy of its own",
  why: "AWS's default lets credentials of any account speak through it: a way to carry data out",
  severity: "medium",
  level: "advisory",
  references: ["AWS Well-Architected SEC05", "AWS: Building a data perimeter"],
  fix: "Write policy with a Condition on aws:PrincipalAccount or aws:PrincipalArn, or a Principal of its own; for production raise the level by policy configuration to mandatory",
  parameters: { services: SERVICES },
  checkStack: (resources, verdict, settings) => {
    const links = linksOf(resources);
    for (const endpoint of resources.filter(({ type }) => type === ENDPOINT)) {
      verdict.part(() => {
        if (!isLookedAt(endpoint.props, settings)) return;
        const apart = resources
          .filter(({ type }) => type === POLICY)
          .filter((each) => links(each, "vpcEndpointId").some(({ urn }) => urn === endpoint.urn));
        // The one that stands apart replaces what stands inside.
        const holders = apart.length > 0 ? apart : [endpoint];
        for (const holder of holders) decide(holder, verdict);
      });
    }
  },
};

function decide(holder: StackResource, verdict: StackVerdict): void {
  const { values } = knownOf([() => written(holder, "policy")]);
  if (values.length > 0 && (!isSet(values[0]) || values[0] === "")) return verdict.report("policy is missing", holder);
  const report = (found: string): void => verdict.report(found, holder);
  eachResourceGrant(holder, "policy", { report, part: verdict.part }, (statement, place) => {
    if (isForEverybody(statement) && statement.conditions.length === 0)
      report(`${place} allows every Principal without Condition`);
  });
}

/** A statement without Principal speaks of everybody here; NotPrincipal of nearly everybody. */
function isForEverybody({ principals }: Statement): boolean {
  return principals.length === 0 || principals.some(({ name, inverted }) => inverted || name === "*");
}
