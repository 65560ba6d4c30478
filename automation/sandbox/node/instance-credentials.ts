import { arn } from "../account/arn";
import type { CloudObject, Estate, IssuedKey, Principal } from "../account/estate";
import { blockOf, textOf } from "../network/read-props";

/** Credentials from the instance metadata service live about six hours. */
const LIFETIME_MS = 6 * 60 * 60 * 1000;
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Issues the credentials that the instance metadata service hands to an instance's agent; remembered among the estate's keys. */
export function issueInstanceCredentials(estate: Estate, instance: CloudObject, role: CloudObject): IssuedKey {
  const accessKeyId = `ASIA${[...estate.randomBytes(16)].map((byte) => BASE32[byte % 32] ?? "A").join("")}`;
  const key: IssuedKey = {
    accessKeyId,
    secretAccessKey: estate.randomBytes(30).toString("base64"),
    sessionToken: estate.randomBytes(48).toString("base64"),
    expiresAt: estate.clocks.wall() + LIFETIME_MS,
    principal: instancePrincipal(instance, role),
  };
  estate.keys.set(accessKeyId, key);
  return key;
}

/** Who an instance's agent is: its role, with the instance's id as the session's name. */
export function instancePrincipal(instance: CloudObject, role: CloudObject): Principal {
  const roleId = textOf(role.hidden.roleId) ?? textOf(role.props.uniqueId) ?? "";
  const tags = Object.entries(blockOf(role.props.tags)).flatMap(([key, value]) =>
    typeof value === "string" ? [[key, value] as const] : [],
  );
  return {
    account: instance.account,
    arn: arn("sts", "", instance.account, `assumed-role/${role.id}/${instance.id}`),
    roleArn: textOf(role.props.arn) ?? "",
    userId: `${roleId}:${instance.id}`,
    sessionName: instance.id,
    principalTags: Object.fromEntries(tags),
    source: { kind: "role", roleName: role.id, roleId },
  };
}
