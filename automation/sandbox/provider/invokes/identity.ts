import { IDENTITY_ACCOUNT, IDENTITY_REGION, type Props } from "../../account/estate";
import { AwsError } from "../../account/aws-error";
import type { AwsContext } from "../aws-context";
import { block, text } from "../resource-type";
import type { Invoke } from "./invoke";

/** The Identity Center instance; empty lists in a wrong account or region (I8). */
export const getInstances: Invoke = {
  args: [],
  noun: "SSO Instances",
  service: "SSO Admin",
  operation: "ListInstances",
  run: (aws) => {
    const { instanceArn, identityStoreId } = aws.estate.directory;
    const here = isHome(aws);
    return { arns: here ? [instanceArn] : [], identityStoreIds: here ? [identityStoreId] : [], id: aws.region };
  },
};

/** A user by id, user name or e-mail address. Names are compared byte for byte: the stricter reading. */
export const getUser: Invoke = {
  args: ["identityStoreId", "alternateIdentifier", "userId"],
  noun: "IdentityStore User",
  service: "identitystore",
  operation: "DescribeUser",
  run: (aws, args) => {
    refuseElsewhere(aws, args);
    const wanted = wantedAttribute(args, "userId");
    const user = aws.estate.directory.users.find((one) => {
      if (wanted.path === "userId") return one.userId === wanted.value;
      return (
        (wanted.path === "UserName" ? one.userName : wanted.path === "Emails.Value" ? one.email : undefined) ===
        wanted.value
      );
    });
    if (!user) throw new AwsError("ResourceNotFoundException", "USER not found.");
    const { userId, userName, displayName, email } = user;
    return {
      id: userId,
      userId,
      userName,
      displayName,
      identityStoreId: text(args, "identityStoreId"),
      userStatus: "ENABLED",
      emails: [{ primary: true, type: "work", value: email }],
      names: [
        {
          givenName: displayName.split(" ")[0] ?? "",
          familyName: displayName.split(" ").slice(1).join(" "),
          formatted: displayName,
        },
      ],
    };
  },
};

/** A group by id or display name. */
export const getGroup: Invoke = {
  args: ["identityStoreId", "alternateIdentifier", "groupId"],
  noun: "IdentityStore Group",
  service: "identitystore",
  operation: "DescribeGroup",
  run: (aws, args) => {
    refuseElsewhere(aws, args);
    const wanted = wantedAttribute(args, "groupId");
    const group = aws.estate.directory.groups.find((one) =>
      wanted.path === "groupId"
        ? one.groupId === wanted.value
        : wanted.path === "DisplayName" && one.displayName === wanted.value,
    );
    if (!group) throw new AwsError("ResourceNotFoundException", "GROUP not found.");
    const { groupId, displayName } = group;
    return { id: groupId, groupId, displayName, description: "", identityStoreId: text(args, "identityStoreId") };
  },
};

function isHome(aws: AwsContext): boolean {
  return aws.account === IDENTITY_ACCOUNT && aws.region === IDENTITY_REGION;
}

function refuseElsewhere(aws: AwsContext, args: Props): void {
  const own = aws.estate.directory.identityStoreId;
  if (!isHome(aws))
    throw new AwsError(
      "AccessDeniedException",
      `User: ${aws.principal.arn} is not authorized to perform this operation`,
    );
  if (args.identityStoreId !== own) throw new AwsError("ResourceNotFoundException", "IDENTITYSTORE not found.");
}

function wantedAttribute(args: Props, idKey: string): { readonly path: string; readonly value: string } {
  if (args[idKey] !== undefined) return { path: idKey, value: text(args, idKey) };
  const attribute = block(block(args, "alternateIdentifier"), "uniqueAttribute");
  if (attribute.attributePath === undefined)
    throw new AwsError("ValidationException", "one of the identifier and alternateIdentifier must be given");
  return { path: text(attribute, "attributePath"), value: text(attribute, "attributeValue") };
}
