import type { Props } from "../../../account/estate";
import { AwsError } from "../../../account/aws-error";
import { text, type ResourceType } from "../../resource-type";

const PARAMETER = "aws:ssm/parameter:Parameter";
const STANDARD_LIMIT = 4096;
const LEVELS = 15;

/** A parameter. `props.value` always holds its value, as the API's view does. */
export const parameter: ResourceType = {
  token: PARAMETER,
  service: "SSM",
  noun: "SSM Parameter",
  operations: { create: "PutParameter", update: "PutParameter", delete: "DeleteParameter" },
  filled: ["value", "insecureValue", "arn"],
  rules: (inputs, fail) => {
    if (inputs.type !== undefined && !["String", "StringList", "SecureString"].includes(text(inputs, "type"))) {
      fail("type", 'expected type to be one of ["String" "StringList" "SecureString"]');
    }
    const values = ["value", "insecureValue"].filter((key) => inputs[key] !== undefined);
    if (values.length > 1)
      fail("insecureValue", '"insecure_value": only one of `insecure_value,value,value_wo` can be specified');
    if (inputs.type === "SecureString" && inputs.insecureValue !== undefined)
      fail("insecureValue", "invalid configuration, cannot set type = SecureString with insecure_value");
    for (const key of ["valueWo", "valueWoVersion", "arn"])
      if (inputs[key] !== undefined) fail(key, "not simulated here");
  },
  replaceWhen: (state, news, changed) =>
    changed.includes("tier") && state.tier === "Advanced" && news.tier === "Standard" ? ["tier"] : [],
  create: (aws, inputs) => {
    const name = text(inputs, "name");
    refuseName(name);
    if (aws.find(PARAMETER, name) && inputs.overwrite !== true) {
      throw new AwsError(
        "ParameterAlreadyExists",
        "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
      );
    }
    const old = aws.find(PARAMETER, name);
    if (old) aws.estate.remove(old);
    const outputs = {
      arn: aws.arn("ssm", `parameter/${name.replace(/^\//, "")}`),
      version: Number(old?.props.version ?? 0) + 1,
      hasValueWo: false,
    };
    return aws.add(PARAMETER, name, {
      ...inputs,
      ...outputs,
      value: refuseValue(inputs),
      keyId: inputs.keyId ?? (inputs.type === "SecureString" ? "alias/aws/ssm" : ""),
    });
  },
  update: (_aws, object, news) => {
    news.value = refuseValue(news);
    news.version = Number(object.props.version) + 1;
  },
};

function refuseName(name: string): void {
  if (/^\/?(aws|ssm)/i.test(name))
    throw new AwsError(
      "ValidationException",
      `Parameter name: can't be prefixed with "aws" or "ssm" (case-insensitive).`,
    );
  if (name.includes("/") && !name.startsWith("/"))
    throw new AwsError("ValidationException", "Parameter name must be a fully qualified name.");
  if (name.split("/").length - 1 > LEVELS)
    throw new AwsError("HierarchyLevelLimitExceededException", "too many levels");
}

function refuseValue(inputs: Props): string {
  const value = inputs.insecureValue === undefined ? text(inputs, "value") : text(inputs, "insecureValue");
  if (value === "") throw new AwsError("ValidationException", "Parameter value must not be empty.");
  if (inputs.tier === "Standard" && value.length > STANDARD_LIMIT) {
    throw new AwsError(
      "ValidationException",
      `Standard tier parameters support a maximum parameter value of ${STANDARD_LIMIT} characters.`,
    );
  }
  const pattern = text(inputs, "allowedPattern");
  if (pattern !== "" && !new RegExp(pattern).test(value)) {
    throw new AwsError(
      "ParameterPatternMismatchException",
      `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
    );
  }
  return value;
}
