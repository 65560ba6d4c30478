import { arn, roleOfArn } from "./arn";
import { AwsError } from "./aws-error";
import { listOf, statementsOf } from "./allows-action";
import type { CloudObject, Estate, Principal } from "./estate";
import { plainText } from "./plain-text";

/**
 * The principal that AssumeRole gives: the caller must be allowed to call it, and the role must trust the caller's role or account.
 * A trust policy that named a role which was deleted since trusts nobody: AWS keeps the role's unique id (IAM user guide, "AWS
 * JSON policy elements: Principal").
 *
 * @throws AwsError AccessDenied, the same words whether the role is missing or does not trust.
 */
export function assumeRole(
  estate: Estate,
  caller: Principal,
  role: { readonly roleArn: string; readonly sessionName: string },
  mayCall: (action: string) => boolean,
): Principal {
  const wanted = roleOfArn(role.roleArn);
  const found = wanted && estate.find("aws:iam/role:Role", wanted.name, wanted.account);
  if (!found || found.props.arn !== role.roleArn || !mayCall("sts:AssumeRole") || !trusts(found, caller)) {
    throw new AwsError(
      "AccessDenied",
      `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${role.roleArn}`,
    );
  }
  const roleId = plainText(found.hidden.roleId);
  return {
    account: found.account,
    arn: arn("sts", "", found.account, `assumed-role/${found.id}/${role.sessionName}`),
    roleArn: role.roleArn,
    userId: `${roleId}:${role.sessionName}`,
    sessionName: role.sessionName,
    principalTags: {},
    source: { kind: "role", roleName: found.id, roleId },
  };
}

function trusts(role: CloudObject, caller: Principal): boolean {
  return statementsOf(plainText(role.props.assumeRolePolicy)).some((statement) => {
    const principal = statement.Principal;
    if (
      statement.Effect !== "Allow" ||
      !listOf(statement.Action).some((action) => /^sts:(AssumeRole|\*)$/i.test(action))
    )
      return false;
    if (principal === "*") return true;
    if (typeof principal !== "object" || principal === null || Array.isArray(principal)) return false;
    return listOf(principal.AWS).some((trusted) => names(trusted, role, caller));
  });
}

function names(trusted: string, role: CloudObject, caller: Principal): boolean {
  if (trusted === "*" || trusted === caller.account || trusted === arn("iam", "", caller.account, "root")) return true;
  const remembered = role.hidden.trustedIds;
  const id =
    typeof remembered === "object" && remembered !== null && !Array.isArray(remembered)
      ? remembered[trusted]
      : undefined;
  if (trusted !== caller.roleArn) return false;
  return id === undefined || caller.userId.startsWith(`${plainText(id)}:`);
}
