import { arn } from "../../account/arn";
import { AwsError } from "../../account/aws-error";
import { PUBLIC_PARAMETERS } from "../../account/images";
import { text } from "../resource-type";
import type { Invoke } from "./invoke";

/** A parameter: the public ones of Amazon Linux 2023, and the account's own. The value is secret, `insecureValue` is not. */
export const getParameter: Invoke = {
  args: ["name", "withDecryption"],
  noun: "SSM Parameter",
  service: "SSM",
  operation: "GetParameter",
  secrets: ["value"],
  run: (aws, args) => {
    const name = text(args, "name");
    const image = PUBLIC_PARAMETERS[name];
    if (image !== undefined) {
      const parameterArn = arn("ssm", aws.region, "", `parameter${name}`);
      return {
        name,
        id: name,
        value: image,
        insecureValue: image,
        type: "String",
        version: 1,
        arn: parameterArn,
        withDecryption: true,
      };
    }
    const own = aws.find("aws:ssm/parameter:Parameter", name);
    if (!own) throw new AwsError("ParameterNotFound", "");
    const { value = "", type = "", version = 1, arn: ownArn = "" } = own.props;
    return {
      name,
      id: name,
      value,
      ...(type === "SecureString" ? {} : { insecureValue: value }),
      type,
      version,
      arn: ownArn,
      withDecryption: args.withDecryption ?? true,
    };
  },
};
