import type { Rule } from "../rule";
import { ssmDocHostKnown } from "./ssm-doc-host-known";
import { ssmDocPortPinned } from "./ssm-doc-port-pinned";
import { ssmDocPrivate } from "./ssm-doc-private";

/** Rules about Session Manager's documents. */
export const SESSION_MANAGER_RULES: readonly Rule[] = [ssmDocPortPinned, ssmDocHostKnown, ssmDocPrivate];
