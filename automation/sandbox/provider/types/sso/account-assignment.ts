import { arn } from "../../../account/arn";
import { ProviderError } from "../../../account/aws-error";
import { hex, uniqueId } from "../../../account/ids";
import type { AwsContext } from "../../aws-context";
import { text, type ResourceType } from "../../resource-type";
import { refuseElsewhere } from "./instance";
import { assignmentsOf, permissionSetByArn } from "./provisioning";
import { ASSIGNMENT, RESERVED_ROLE } from "./tokens";
import { plainText } from "../../../account/plain-text";

const PARTS = ["principalId", "principalType", "targetId", "targetType", "permissionSetArn", "instanceArn"] as const;
const PRINCIPAL = /^([0-9a-f]{10}-|)[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}$/;

/** A person's or group's permission set in an account; the first of a set makes its role there, the last takes it away (I4). */
export const accountAssignment: ResourceType = {
  token: ASSIGNMENT,
  service: "SSO Admin",
  noun: "SSO Account Assignment",
  operations: {
    create: "CreateAccountAssignment",
    update: "CreateAccountAssignment",
    delete: "DeleteAccountAssignment",
  },
  rules: (inputs, fail) => {
    if (inputs.principalId !== undefined && !PRINCIPAL.test(text(inputs, "principalId")))
      fail("principalId", "must match ([0-9a-f]{10}-|)GUID");
    if (inputs.principalType !== undefined && !["USER", "GROUP"].includes(text(inputs, "principalType")))
      fail("principalType", 'expected principal_type to be one of ["USER" "GROUP"]');
    if (inputs.targetType !== undefined && inputs.targetType !== "AWS_ACCOUNT")
      fail("targetType", 'expected target_type to be one of ["AWS_ACCOUNT"]');
    if (inputs.targetId !== undefined && !/^\d{12}$/.test(text(inputs, "targetId")))
      fail("targetId", "must be an account id of 12 digits");
  },
  create: (aws, inputs) => {
    refuseElsewhere(aws, text(inputs, "instanceArn"));
    const set = permissionSetByArn(aws, text(inputs, "permissionSetArn"));
    const [principal, kind] = [text(inputs, "principalId"), text(inputs, "principalType")];
    const { users, groups } = aws.estate.directory;
    const known =
      kind === "USER"
        ? users.some((user) => user.userId === principal)
        : groups.some((group) => group.groupId === principal);
    if (!known)
      throw new ProviderError(
        `waiting for SSO Account Assignment for ${kind} (${principal}) create: Received a 404 status error: principal not found`,
      );
    const id = PARTS.map((part) => text(inputs, part)).join(",");
    if (aws.find(ASSIGNMENT, id))
      throw new ProviderError(`creating SSO Account Assignment for ${kind} (${principal}): already exists`);
    makeRole(aws, text(inputs, "targetId"), text(set.props, "arn"), text(set.props, "name"));
    return aws.add(ASSIGNMENT, id, inputs);
  },
  ready: (aws) => aws.wait("accountAssigned"),
  delete: async (aws, object) => {
    await aws.wait("accountAssigned");
    const { targetId, permissionSetArn } = object.props;
    const others = assignmentsOf(aws, plainText(permissionSetArn)).filter(
      (one) => one !== object && one.props.targetId === targetId,
    );
    if (others.length > 0) return;
    for (const role of aws.estate.list(RESERVED_ROLE, plainText(targetId)))
      if (role.props.permissionSetArn === permissionSetArn) aws.estate.remove(role);
  },
};

function makeRole(aws: AwsContext, account: string, permissionSetArn: string, setName: string): void {
  if (aws.estate.list(RESERVED_ROLE, account).some((role) => role.props.permissionSetArn === permissionSetArn)) return;
  const name = `AWSReservedSSO_${setName}_${hex(aws.estate.randomBytes, 16)}`;
  // Roles of an instance in us-east-1 have no region in their path.
  const path = `aws-reserved/sso.amazonaws.com/${aws.region === "us-east-1" ? "" : `${aws.region}/`}`;
  aws.estate.add({
    token: RESERVED_ROLE,
    id: name,
    account,
    region: "global",
    props: { name, arn: arn("iam", "", account, `role/${path}${name}`), permissionSetArn },
    hidden: { roleId: uniqueId(aws.estate.randomBytes, "AROA") },
  });
}
