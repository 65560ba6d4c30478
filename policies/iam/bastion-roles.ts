import { comesFrom } from "../stack/comes-from";
import { isSet } from "../values";
import type { StackResource, StackVerdict } from "../rule";

const PROFILE = "aws:iam/instanceProfile:InstanceProfile";
const ROLE = "aws:iam/role:Role";
/** What stands between a bastion and its role. */
const BETWEEN = [PROFILE, "aws:ec2/launchTemplate:LaunchTemplate", "aws:ec2/launchConfiguration:LaunchConfiguration"];
/** Properties of bastions and what starts them that lead to a profile, and how the other end names itself. */
const STEPS: readonly (readonly [property: string, own: readonly string[]])[] = [
  ["iamInstanceProfile", ["name", "arn", "id"]],
  ["launchTemplate", ["id", "name"]],
  ["launchConfiguration", ["name", "id"]],
  ["mixedInstancesPolicy", ["id"]],
];

/**
 * The roles that a bastion runs with, by its instance profile. A profile or role that is not of this program is said, since
 * nobody here can look at it.
 */
export function rolesOf(
  bastion: StackResource,
  resources: readonly StackResource[],
  verdict: Pick<StackVerdict, "undecided">,
): StackResource[] {
  const between = resources.filter(({ type }) => BETWEEN.includes(type));
  const profiles = reach(bastion, between, 0).filter(({ type }) => type === PROFILE);
  const roles = resources.filter(
    (role) => role.type === ROLE && profiles.some((profile) => named(profile, "role", role, ["name", "id"])),
  );
  if (roles.length === 0 && STEPS.some(([property]) => hasValue(bastion, property)))
    verdict.undecided(`role of ${bastion.name}`);
  return roles;
}

/** Two steps are the longest way: template, profile. */
function reach(from: StackResource, between: readonly StackResource[], depth: number): StackResource[] {
  if (depth === 2) return [];
  const next = between.filter((each) => STEPS.some(([property, own]) => named(from, property, each, own)));
  return [...next, ...next.flatMap((each) => reach(each, between, depth + 1))];
}

function named(from: StackResource, property: string, to: StackResource, own: readonly string[]): boolean {
  return own.some((name) => comesFrom(from, property, to, name));
}

function hasValue({ props, propertyDependencies }: StackResource, property: string): boolean {
  return (propertyDependencies[property] ?? []).length > 0 || isSet(props[property]);
}
