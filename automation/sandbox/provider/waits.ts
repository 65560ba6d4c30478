const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** How long AWS takes, milliseconds of its own time: realistic middling values. */
export const WAITS = {
  /** Subnets, groups, tables, rules: a moment each. */
  moment: SECOND,
  endpointAvailable: 60 * SECOND,
  endpointGone: 30 * SECOND,
  instanceRunning: 30 * SECOND,
  instanceTerminated: 45 * SECOND,
  clusterAvailable: 5 * MINUTE,
  clusterInstanceAvailable: 6 * MINUTE,
  clusterModified: 30 * SECOND,
  clusterInstanceDeleted: 4 * MINUTE,
  clusterDeleted: 3 * MINUTE,
  permissionSetProvisioned: 10 * SECOND,
  accountAssigned: 10 * SECOND,
  /** Until a new profile or role is seen by other services. */
  iamPropagation: 8 * SECOND,
} as const;

/** How long the provider tries again, and how often, milliseconds of AWS's time. */
export const RETRIES = {
  iam: { timeout: 2 * MINUTE, interval: 5 * SECOND },
  dependency: { timeout: 15 * MINUTE, interval: 30 * SECOND },
  parameterGroup: { timeout: 3 * MINUTE, interval: 15 * SECOND },
} as const;

/** Name of a wait. */
export type Wait = keyof typeof WAITS;
