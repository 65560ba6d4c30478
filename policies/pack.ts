import { ec2Imdsv2 } from "./bastion/metadata";
import { netBastionNoPublicIp, netLtNoPublicIp } from "./bastion/public-address";
import { ssoConnectScoped } from "./identity-center/sso-connect-scoped";
import { ssoStartsessionScoped } from "./identity-center/sso-startsession-scoped";
import { logsRetention } from "./audit/logs-retention";
import { sgNoWorld } from "./security-groups/sg-no-world";
import { vpceRequired } from "./endpoints/vpce-required";
import { rdsNotPublic } from "./database/doors";
import { rdsIamAuth, rdsManagedMaster } from "./database/logins";
import { rdsEncrypted } from "./database/storage";
import type { Rule } from "./rule";
import { ssmDocPortPinned } from "./session-manager/ssm-doc-port-pinned";

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
