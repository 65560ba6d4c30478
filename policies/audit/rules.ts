import type { Rule } from "../rule";
import { dbAlarm } from "./db-alarm";
import { kmsRotation } from "./kms-rotation";
import { logsRetention } from "./logs-retention";
import { trailRequired } from "./trail-required";

/** Rules about what is written down, and who is told. */
export const AUDIT_RULES: readonly Rule[] = [logsRetention, kmsRotation, trailRequired, dbAlarm];
