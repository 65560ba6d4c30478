import type { Rule } from "../rule";
import { rdsCa, rdsHttpEndpoint, rdsNotPublic, rdsProxyTls } from "./doors";
import { rdsLogExports } from "./log-exports";
import { rdsIamAuth, rdsManagedMaster, rdsMasterName } from "./logins";
import { rdsForceSsl, rdsLogConnections } from "./parameters";
import { rdsMultiAz, rdsSubnetAzs } from "./placement";
import { rdsBackups, rdsDeletionProtection, rdsEncrypted, rdsMinorUpgrade, rdsTagsSnapshots } from "./storage";

/** Rules about databases. */
export const DATABASE_RULES: readonly Rule[] = [
  rdsIamAuth,
  rdsNotPublic,
  rdsEncrypted,
  rdsManagedMaster,
  rdsMasterName,
  rdsForceSsl,
  rdsProxyTls,
  rdsCa,
  rdsHttpEndpoint,
  rdsDeletionProtection,
  rdsBackups,
  rdsTagsSnapshots,
  rdsMinorUpgrade,
  rdsLogExports,
  rdsLogConnections,
  rdsSubnetAzs,
  rdsMultiAz,
];
