import { getAvailabilityZones, getCallerIdentity, getPartition, getRegion } from "./account";
import { getGroup, getInstances, getUser } from "./identity";
import type { Invoke } from "./invoke";
import { getParameter } from "./parameter";

/** Functions by token. */
export const INVOKES: Readonly<Record<string, Invoke>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": getCallerIdentity,
  "aws:index/getRegion:getRegion": getRegion,
  "aws:index/getPartition:getPartition": getPartition,
  "aws:index/getAvailabilityZones:getAvailabilityZones": getAvailabilityZones,
  "aws:ssm/getParameter:getParameter": getParameter,
  "aws:ssoadmin/getInstances:getInstances": getInstances,
  "aws:identitystore/getUser:getUser": getUser,
  "aws:identitystore/getGroup:getGroup": getGroup,
};
