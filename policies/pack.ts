import { ec2Imdsv2, netBastionNoPublicIp, netLtNoPublicIp } from "./bastion";
import { ssoConnectScoped } from "./identity-center/sso-connect-scoped";
import { ssoStartsessionScoped } from "./identity-center/sso-startsession-scoped";
import { logsRetention } from "./logs";
import { sgNoWorld } from "./network/sg-no-world";
import { vpceRequired } from "./network/vpce-required";
import { rdsEncrypted, rdsIamAuth, rdsManagedMaster, rdsNotPublic } from "./rds";
import type { Rule } from "./rule";
import { ssmDocPortPinned } from "./session-manager";

/** Name of the pack, in messages and events. */
export const PACK_NAME = "sallyport";

/** Every rule, in the order of POLICIES.md. */
export const RULES: readonly Rule[] = [
  sgNoWorld,
  vpceRequired,
  netBastionNoPublicIp,
  netLtNoPublicIp,
  ec2Imdsv2,
  rdsIamAuth,
  rdsNotPublic,
  rdsEncrypted,
  rdsManagedMaster,
  ssmDocPortPinned,
  ssoConnectScoped,
  ssoStartsessionScoped,
  logsRetention,
];
