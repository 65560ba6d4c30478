import { arn } from "../../account/arn";
import { plainText } from "../../account/plain-text";
import type { CloudObject, DirectoryUser, Estate, Principal } from "../../account/estate";

const ASSIGNMENT = "aws:ssoadmin/accountAssignment:AccountAssignment";
const PERMISSION_SET = "aws:ssoadmin/permissionSet:PermissionSet";
const RESERVED_ROLE = "sandbox:iam:ReservedRole";

/** A permission set that a person has in an account. */
export interface Entry {
  readonly account: string;
  readonly set: string;
  readonly setArn: string;
  readonly sessionMs: number;
}

/** Everything that a person may enter: by herself or by a group, where the set's role exists in the account. */
export function entriesOf(estate: Estate, user: DirectoryUser): Entry[] {
  const groups = estate.directory.groups
    .filter(({ members }) => members.includes(user.userId))
    .map(({ groupId }) => groupId);
  const found = new Map<string, Entry>();
  for (const { props } of estate.list(ASSIGNMENT)) {
    const [account, setArn, principal] = [
      plainText(props.targetId),
      plainText(props.permissionSetArn),
      plainText(props.principalId),
    ];
    if (principal !== user.userId && !groups.includes(principal)) continue;
    const set = estate.list(PERMISSION_SET).find((each) => each.props.arn === setArn);
    if (!set || !reservedRole(estate, account, setArn)) continue;
    found.set(`${account} ${setArn}`, {
      account,
      set: plainText(set.props.name),
      setArn,
      sessionMs: durationMs(plainText(set.props.sessionDuration)),
    });
  }
  return [...found.values()];
}

/** Who a person is in an account with a set: name, id and tags are fixed now, the policies are looked up at each call. */
export function principalOf(estate: Estate, user: DirectoryUser, entry: Entry): Principal {
  const role = reservedRole(estate, entry.account, entry.setArn);
  const [name, roleId] = [plainText(role?.props.name), plainText(role?.hidden.roleId)];
  return {
    account: entry.account,
    arn: arn("sts", "", entry.account, `assumed-role/${name}/${user.userName}`),
    roleArn: plainText(role?.props.arn),
    userId: `${roleId}:${user.userName}`,
    sessionName: user.userName,
    principalTags: tagsOf(estate, user),
    source: { kind: "permissionSet", arn: entry.setArn },
  };
}

function reservedRole(estate: Estate, account: string, setArn: string): CloudObject | undefined {
  return estate.list(RESERVED_ROLE, account).find(({ props }) => props.permissionSetArn === setArn);
}

/** Attributes for access control become session tags; one without a value is no tag (IAM Identity Center user guide, "ABAC"). */
function tagsOf({ directory }: Estate, user: DirectoryUser): Record<string, string> {
  const sources: Readonly<Record<string, string>> = {
    "${path:userName}": user.userName,
    "${path:displayName}": user.displayName,
    "${path:emails[primary eq true].value}": user.email,
  };
  return Object.fromEntries(
    directory.accessControlAttributes.flatMap(({ key, source }) =>
      sources[source] ? [[key, sources[source]] as const] : [],
    ),
  );
}

/** `PT4H30M` or `PT7200S` in milliseconds; an hour for anything else, as Identity Center's default is. */
function durationMs(text: string): number {
  const match = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(text);
  const [hours = 0, minutes = 0, seconds = 0] = (match ?? []).slice(1).map((part) => Number(part ?? 0));
  return (hours * 3600 + minutes * 60 + seconds || 3600) * 1000;
}
