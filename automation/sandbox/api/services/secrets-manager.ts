import { plainText } from "../../account/plain-text";
import { ApiError, requiredText, type JsonService, type Operation } from "../operation";
import { permit } from "../permit";

const SECRET = "sandbox:secretsmanager:Secret";

/** A secret's present value, by ARN or name. */
const getSecretValue: Operation = (call) => {
  const { estate, account, region, input } = call;
  const wanted = requiredText(input, "SecretId");
  const secret = estate
    .list(SECRET, account, region)
    .find(({ props }) => props.arn === wanted || props.name === wanted);
  permit(call, "secretsmanager:GetSecretValue", secret ? plainText(secret.props.arn) : wanted);
  if (!secret) throw new ApiError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  return {
    ARN: secret.props.arn,
    Name: secret.props.name,
    SecretString: secret.props.secretString,
    VersionStages: ["AWSCURRENT"],
  };
};

/** Secrets Manager. */
export const secretsManager: JsonService = { prefix: "secretsmanager", operations: { GetSecretValue: getSecretValue } };
