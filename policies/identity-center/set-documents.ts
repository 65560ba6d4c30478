import { comesFrom } from "../stack/comes-from";
import type { StackResource, StackVerdict } from "../rule";
import { isObject } from "../values";
import { CUSTOMER_POLICY, INLINE_POLICY, PERMISSION_SET } from "./types";

const POLICY = "aws:iam/policy:Policy";

/** A permission set of the program, and the resources with its documents. */
export interface SetDocuments {
  readonly set: StackResource;
  readonly documents: readonly StackResource[];
}

/**
 * The permission sets of a program with their inline policies and attached policies. An inline policy or attachment whose other
 * end is not of the program is said.
 */
export function setDocuments(
  resources: readonly StackResource[],
  verdict: Pick<StackVerdict, "part" | "undecided">,
): SetDocuments[] {
  const sets = resources
    .filter(({ type }) => type === PERMISSION_SET)
    .map((set) => ({ set, documents: [] as StackResource[] }));
  for (const each of resources) {
    if (each.type !== INLINE_POLICY && each.type !== CUSTOMER_POLICY) continue;
    verdict.part(() => {
      const owner = sets.find(({ set }) => comesFrom(each, "permissionSetArn", set, "arn"));
      if (!owner) return verdict.undecided(`permission set of ${each.name}`);
      if (each.type === INLINE_POLICY) return void owner.documents.push(each);
      const policies = attached(each, resources);
      if (policies.length === 0) verdict.undecided(`policy of ${each.name}`);
      owner.documents.push(...policies);
    });
  }
  return sets;
}

/** Identity Center looks for the policy by its name, in each account. */
function attached(attachment: StackResource, resources: readonly StackResource[]): StackResource[] {
  const property = "customerManagedPolicyReference";
  const policies = resources.filter(({ type }) => type === POLICY);
  const origins = attachment.propertyDependencies[property] ?? [];
  if (origins.length > 0) return policies.filter(({ urn }) => origins.some((origin) => origin.urn === urn));
  const reference = attachment.props[property];
  const name = isObject(reference) ? reference["name"] : undefined;
  return policies.filter(({ props }) => typeof name === "string" && props["name"] === name);
}
