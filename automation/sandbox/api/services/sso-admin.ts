import { IDENTITY_ACCOUNT, IDENTITY_REGION } from "../../account/estate";
import { ApiError, requiredText, type Call, type JsonService, type Operation } from "../operation";
import { permit } from "../permit";

const atHome = ({ account, region }: Call): boolean => account === IDENTITY_ACCOUNT && region === IDENTITY_REGION;

/** Elsewhere the list is empty, which is no error: whoever reads it must look. */
const listInstances: Operation = (call) => {
  permit(call, "sso:ListInstances");
  const { instanceArn, identityStoreId } = call.estate.directory;
  return {
    Instances: atHome(call)
      ? [
          {
            InstanceArn: instanceArn,
            IdentityStoreId: identityStoreId,
            OwnerAccountId: IDENTITY_ACCOUNT,
            Status: "ACTIVE",
          },
        ]
      : [],
  };
};

const describeAttributes: Operation = (call) => {
  permit(call, "sso:DescribeInstanceAccessControlAttributeConfiguration");
  const { directory } = call.estate;
  if (!atHome(call) || requiredText(call.input, "InstanceArn") !== directory.instanceArn)
    throw new ApiError("ResourceNotFoundException", "The instance does not exist in this account and region.");
  return {
    Status: "ENABLED",
    InstanceAccessControlAttributeConfiguration: {
      AccessControlAttributes: directory.accessControlAttributes.map(({ key, source }) => ({
        Key: key,
        Value: { Source: [source] },
      })),
    },
  };
};

/** Identity Center's administration. */
export const ssoAdmin: JsonService = {
  prefix: "SWBExternalService",
  operations: { ListInstances: listInstances, DescribeInstanceAccessControlAttributeConfiguration: describeAttributes },
};
