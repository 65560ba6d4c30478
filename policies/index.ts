import * as nodeModule from "node:module";
import { PolicyPack } from "@pulumi/policy";
import { PACK_NAME, RULES } from "./pack";
import { toPolicies } from "./to-policy";

/** The machine's day, UTC: exemptions end by it. */
const today = (): string => new Date().toISOString().slice(0, 10);

new PolicyPack(PACK_NAME, { policies: toPolicies(RULES, today), enforcementLevel: "mandatory" });

// An engine ends its analyzers by a signal, after which Node would not keep what it compiled for the next one: half of the start.
// Nothing is kept unless NODE_COMPILE_CACHE says where; Node 22.10 or newer.
(nodeModule as Partial<typeof nodeModule>).flushCompileCache?.();
