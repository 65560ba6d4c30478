import type { CloudObject, Estate } from "../account/estate";
import { textOf } from "../network/read-props";
import { trustsInstances } from "./trust-policy";

/** The role that an instance's agent speaks as, or why it has none. */
export type InstanceRole = { readonly role: CloudObject } | { readonly reason: string };

const PROFILE = "aws:iam/instanceProfile:InstanceProfile";
const ROLE = "aws:iam/role:Role";

/** Follows instance → instance profile → role, and asks whether EC2 may take that role. */
export function roleOfInstance(estate: Estate, instance: CloudObject): InstanceRole {
  const profileName = textOf(instance.props.iamInstanceProfile);
  if (profileName === undefined) return { reason: "the instance has no instance profile" };
  const profile = estate.find(PROFILE, profileName, instance.account);
  if (!profile) return { reason: `the instance profile ${profileName} does not exist` };
  const roleName = textOf(profile.props.role);
  const role = roleName === undefined ? undefined : estate.find(ROLE, roleName, instance.account);
  if (!role) return { reason: `the instance profile ${profileName} holds no role` };
  if (!trustsInstances(textOf(role.props.assumeRolePolicy)))
    return { reason: `the role ${role.id} does not trust ec2.amazonaws.com` };
  return { role };
}
