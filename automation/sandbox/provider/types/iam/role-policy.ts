import { AwsError } from "../../../account/aws-error";
import type { AwsContext } from "../../aws-context";
import { text, type ResourceType } from "../../resource-type";
import { roleByName } from "./iam-arn";
import { isJsonObject, refusePolicy } from "./policy-grammar";
import { ROLE_POLICY } from "./tokens";

const LIMIT = 10_240;

/** An inline policy of a role; all of a role's together have a limit. A second put of the same name overwrites, as in AWS. */
export const rolePolicy: ResourceType = {
  token: ROLE_POLICY,
  service: "IAM",
  noun: "IAM Role Policy",
  operations: { create: "PutRolePolicy", update: "PutRolePolicy", delete: "DeleteRolePolicy" },
  comparisons: { policy: "json" },
  jsonObjects: ["policy"],
  rules: (inputs, fail) => {
    if (inputs.name !== undefined && !/^[\w+=,.@-]{1,128}$/.test(text(inputs, "name")))
      fail("name", "invalid value for name (must match [\\w+=,.@-]{1,128})");
    if (inputs.policy !== undefined && !isJsonObject(text(inputs, "policy")))
      fail("policy", '"policy" contains an invalid JSON policy');
  },
  create: (aws, inputs) => {
    const [role, name] = [text(inputs, "role"), text(inputs, "name")];
    roleByName(aws, role);
    const id = `${role}:${name}`;
    refuse(aws, role, id, text(inputs, "policy"));
    const old = aws.find(ROLE_POLICY, id);
    if (old) aws.estate.remove(old);
    return aws.add(ROLE_POLICY, id, inputs);
  },
  update: (aws, object, news) => refuse(aws, text(object.props, "role"), object.id, text(news, "policy")),
};

function refuse(aws: AwsContext, role: string, id: string, policy: string): void {
  refusePolicy(policy, "identity");
  const others = aws.list(ROLE_POLICY).filter((one) => one.props.role === role && one.id !== id);
  const size = [policy, ...others.map((one) => text(one.props, "policy"))].reduce(
    (sum, one) => sum + one.replace(/\s/g, "").length,
    0,
  );
  if (size > LIMIT)
    throw new AwsError("LimitExceeded", `Maximum policy size of ${LIMIT} bytes exceeded for role ${role}`);
}
