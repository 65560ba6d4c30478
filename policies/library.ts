/** What other programs may use of the pack without the engine: its rules, its configuration, and a check of what exists. */
export { checkResources, type CheckedResource, type CheckReport, type Finding } from "./check";
export { readConfiguration, type Configuration } from "./configuration";
export { DOMAINS, PACK_NAME, RULES, type Domain } from "./pack";
export type { Problem } from "./problem";
export type { Parameter, Rule } from "./rule";
