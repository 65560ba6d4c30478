import type { Rule } from "../rule";
import { ssoAssignGroup, ssoNoManagedAdmin } from "./attachments";
import { ssoPsName, ssoPsSession } from "./permission-set";
import { ssoAbacSingleton } from "./sso-abac-singleton";
import { ssoConnectScoped } from "./sso-connect-scoped";
import { ssoDataChannel } from "./sso-data-channel";
import { ssoDbuserKnown } from "./sso-dbuser-known";
import { ssoExpectedReach } from "./sso-expected-reach";
import { ssoInlineSize } from "./sso-inline-size";
import { ssoNoUnsupportedConditions } from "./sso-no-unsupported-conditions";
import { ssoOwnSessions } from "./sso-own-sessions";
import { ssoStartsessionScoped } from "./sso-startsession-scoped";

/** Rules about Identity Center, and about what its policies allow wherever they stand. */
export const IDENTITY_CENTER_RULES: readonly Rule[] = [
  ssoConnectScoped,
  ssoStartsessionScoped,
  ssoDbuserKnown,
  ssoExpectedReach,
  ssoOwnSessions,
  ssoDataChannel,
  ssoNoUnsupportedConditions,
  ssoNoManagedAdmin,
  ssoInlineSize,
  ssoPsName,
  ssoPsSession,
  ssoAssignGroup,
  ssoAbacSingleton,
];
