import type { Props } from "../../../account/estate";
import { AwsError } from "../../../account/aws-error";
import { text, type ResourceType } from "../../resource-type";
import { isJsonObject, policyProblem } from "../iam/policy-grammar";
import { refuseElsewhere } from "./instance";
import { permissionSetByArn, provision } from "./provisioning";
import { INLINE_POLICY, PERMISSION_SET } from "./tokens";

const NON_WHITESPACE = 10_240;
const CHARACTERS = 32_768;

/** The inline policy of a permission set: one at most, each put reaches every account that has the set (I2, I3). */
export const inlinePolicy: ResourceType = {
  token: INLINE_POLICY,
  service: "SSO Admin",
  noun: "SSO Permission Set Inline Policy",
  operations: {
    create: "PutInlinePolicyToPermissionSet",
    update: "PutInlinePolicyToPermissionSet",
    delete: "DeleteInlinePolicyFromPermissionSet",
  },
  comparisons: { inlinePolicy: "json" },
  rules: (inputs, fail) => {
    if (inputs.inlinePolicy !== undefined && !isJsonObject(text(inputs, "inlinePolicy")))
      fail("inlinePolicy", '"inline_policy" contains an invalid JSON policy');
  },
  create: (aws, inputs) => {
    refuseElsewhere(aws, text(inputs, "instanceArn"));
    const setArn = text(inputs, "permissionSetArn");
    permissionSetByArn(aws, setArn);
    refusePolicy(inputs);
    const id = `${setArn},${text(inputs, "instanceArn")}`;
    const old = aws.find(INLINE_POLICY, id);
    if (old) aws.estate.remove(old);
    return aws.add(INLINE_POLICY, id, inputs);
  },
  ready: (aws, object) => provision(aws, text(object.props, "permissionSetArn")),
  update: (_aws, _object, news) => refusePolicy(news),
  after: (aws, object) => provision(aws, text(object.props, "permissionSetArn")),
  delete: async (aws, object) => {
    const setArn = text(object.props, "permissionSetArn");
    if (aws.list(PERMISSION_SET).some((one) => one.props.arn === setArn)) await provision(aws, setArn);
  },
};

function refusePolicy(inputs: Props): void {
  const policy = text(inputs, "inlinePolicy");
  const size = Buffer.byteLength(policy.replace(/\s/g, ""));
  if (size > NON_WHITESPACE) {
    const words = `Current size of the non-whitespace characters present in the InlinePolicy Document is ${size} bytes`;
    throw new AwsError(
      "ValidationException",
      `${words} which has exceeded the maximum limit of ${NON_WHITESPACE} bytes`,
    );
  }
  if (policy.length > CHARACTERS)
    throw new AwsError("ValidationException", `Member must have length less than or equal to ${CHARACTERS}`);
  if (!/^[\u0009\u000a\u000d\u0020-\u00ff]+$/.test(policy))
    throw new AwsError("ValidationException", "Member must satisfy regular expression pattern");
  if (policyProblem(policy, "identity") !== undefined)
    throw new AwsError("ValidationException", "Invalid PermissionsPolicy Document");
}
