import { knownElements } from "../known-elements";
import type { ResourceRule } from "../rule";
import { CLUSTER, INSTANCE } from "./types";

/** Logs by engine, first match (RDS user guide, "Publishing database logs to Amazon CloudWatch Logs"). */
const LOGS: readonly (readonly [engine: RegExp, logs: readonly string[]])[] = [
  [/postgres/, ["postgresql", "iam-db-auth-error"]],
  [/mysql|mariadb/, ["audit", "error"]],
  [/sqlserver/, ["error", "agent"]],
  [/oracle/, ["alert", "audit"]],
  [/db2/, ["diag.log"]],
];

/** The logs that say who came and who was refused leave the database. */
export const rdsLogExports: ResourceRule = {
  id: "rds-log-exports",
  title: "A database exports the logs that say who logged in and who was refused",
  why: "Logs on the database itself go after days, and with it; a refused login is seen by nobody",
  severity: "medium",
  level: "advisory",
  references: ["FSBP RDS.9", "FSBP RDS.34", "FSBP RDS.36", "FSBP RDS.37"],
  fix: 'Write enabledCloudwatchLogsExports, for PostgreSQL ["postgresql", "iam-db-auth-error"] (set this rule to mandatory by policy configuration once every database has them)',
  parameters: { logs: { type: "strings", about: "Names of the logs, in place of the list for each engine" } },
  types: [CLUSTER, INSTANCE],
  check: ({ props }, { report }, settings) => {
    const { values, complete } = knownElements(props["enabledCloudwatchLogsExports"]);
    const wanted = (settings["logs"] as readonly string[] | undefined) ?? logsOf(props["engine"]);
    if (!wanted) return report("engine is none whose logs are known here");
    const missing = wanted.filter((log) => !values.includes(log));
    if (missing.length === 0) return;
    complete();
    for (const log of missing) report(`enabledCloudwatchLogsExports lacks ${log}`);
  },
};

function logsOf(engine: unknown): readonly string[] | undefined {
  return LOGS.find(([pattern]) => typeof engine === "string" && pattern.test(engine))?.[1];
}
