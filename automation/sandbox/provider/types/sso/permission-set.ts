import { AwsError } from "../../../account/aws-error";
import { arn } from "../../../account/arn";
import { hex } from "../../../account/ids";
import type { Props } from "../../../account/estate";
import { text, type ResourceType } from "../../resource-type";
import { refuseElsewhere } from "./instance";
import { assignmentsOf, provision } from "./provisioning";
import { INLINE_POLICY, PERMISSION_SET } from "./tokens";

const LENGTHS: Readonly<Record<string, readonly [number, number]>> = {
  description: [1, 700],
  relayState: [1, 240],
  sessionDuration: [1, 100],
};
const TAGS = 75;

/** A permission set: its name is the instance's own (I1). */
export const permissionSet: ResourceType = {
  token: PERMISSION_SET,
  service: "SSO Admin",
  noun: "SSO Permission Set",
  operations: { create: "CreatePermissionSet", update: "UpdatePermissionSet", delete: "DeletePermissionSet" },
  rules: (inputs, fail) => {
    const name = text(inputs, "name");
    if (inputs.name !== undefined && (name.length < 1 || name.length > 32))
      fail("name", `expected length of name to be in the range (1 - 32), got ${name}`);
    else if (inputs.name !== undefined && !/^[\w+=,.@-]+$/.test(name)) fail("name", "must match [\\w+=,.@-]");
    for (const [key, [least, most]] of Object.entries(LENGTHS)) {
      const { length } = text(inputs, key);
      if (inputs[key] !== undefined && (length < least || length > most))
        fail(key, `expected length of ${key} to be in the range (${least} - ${most})`);
    }
  },
  create: (aws, inputs) => {
    const instanceArn = text(inputs, "instanceArn");
    refuseElsewhere(aws, instanceArn);
    refuseValues(inputs);
    if (aws.list(PERMISSION_SET).some((one) => one.props.name === inputs.name)) {
      throw new AwsError("ConflictException", `PermissionSet with name ${text(inputs, "name")} already exists.`);
    }
    const instance = instanceArn.slice(instanceArn.lastIndexOf("/") + 1);
    const setArn = arn("sso", "", "", `permissionSet/${instance}/ps-${hex(aws.estate.randomBytes, 16)}`);
    return aws.add(PERMISSION_SET, `${setArn},${instanceArn}`, {
      ...inputs,
      arn: setArn,
      createdDate: aws.timestamp(),
    });
  },
  update: (_aws, _object, news) => refuseValues(news),
  after: async (aws, object, before) => {
    const changed = ["description", "relayState", "sessionDuration"].some((key) => object.props[key] !== before[key]);
    if (changed) await provision(aws, text(object.props, "arn"));
  },
  delete: (aws, object) => {
    const setArn = text(object.props, "arn");
    if (assignmentsOf(aws, setArn).length > 0) {
      throw new AwsError(
        "ConflictException",
        "Could not delete because PermissionSet has ApplicationProfile associated with it",
      );
    }
    for (const one of aws.list(INLINE_POLICY)) if (one.props.permissionSetArn === setArn) aws.estate.remove(one);
  },
};

function refuseValues(inputs: Props): void {
  const match = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(text(inputs, "sessionDuration"));
  const [hours = 0, minutes = 0, seconds = 0] = (match ?? []).slice(1).map((part) => Number(part ?? 0));
  const total = hours * 3600 + minutes * 60 + seconds;
  if (!match || total < 3600 || total > 43_200)
    throw new AwsError("ValidationException", "SessionDuration is not a valid value");
  if (Object.keys((inputs.tagsAll ?? {}) as Props).length > TAGS)
    throw new AwsError("ValidationException", `Member must have length less than or equal to ${TAGS}`);
}
