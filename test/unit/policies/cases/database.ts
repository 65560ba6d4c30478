import { rdsCa, rdsHttpEndpoint, rdsProxyTls } from "../../../../policies/database/doors";
import { rdsLogExports } from "../../../../policies/database/log-exports";
import { rdsMasterName } from "../../../../policies/database/logins";
import { rdsForceSsl, rdsLogConnections } from "../../../../policies/database/parameters";
import {
  rdsBackups,
  rdsDeletionProtection,
  rdsMinorUpgrade,
  rdsTagsSnapshots,
} from "../../../../policies/database/storage";
import { UNKNOWN } from "../run-rule";
import { RDS_CASES } from "./rds";
import type { RuleCases } from "./rule-cases";

type Values = Record<string, unknown>;

const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER_INSTANCE = "aws:rds/clusterInstance:ClusterInstance";
const PARAMETERS = "aws:rds/parameterGroup:ParameterGroup";
const group = (family: unknown, ...parameters: (Values | string)[]): Values => ({ family, parameters });
const parameter = (name: unknown, value: unknown): Values => ({ name, value });
const LOGGED = [parameter("log_connections", "1"), parameter("log_disconnections", "on")];

export const DATABASE_CASES: readonly RuleCases[] = [
  ...RDS_CASES,
  {
    rule: rdsMasterName,
    ok: [
      { title: "a name of its own", props: { masterUsername: "sallyport_master" } },
      { title: "a name that only begins alike", type: INSTANCE, props: { username: "postgres_owner" } },
      { title: "missing: a copy, or AWS refuses it", props: {} },
      { title: "other names are forbidden", props: { masterUsername: "admin" }, settings: { names: ["boss"] } },
    ],
    bad: [
      { title: "a cluster's", props: { masterUsername: "postgres" }, found: ["masterUsername is a default name"] },
      {
        title: "an instance's, in other letters",
        type: INSTANCE,
        props: { username: "Admin" },
        found: ["username is a default name"],
      },
      {
        title: "a configured one",
        props: { masterUsername: "boss" },
        settings: { names: ["boss"] },
        found: ["masterUsername is a default name"],
      },
    ],
    unknown: [{ title: "the name", props: { masterUsername: UNKNOWN }, open: ["masterUsername"] }],
  },
  {
    rule: rdsForceSsl,
    ok: [
      { title: "PostgreSQL", props: group("aurora-postgresql16", parameter("rds.force_ssl", "1")) },
      { title: "as a number", type: PARAMETERS, props: group("postgres16", parameter("rds.force_ssl", 1)) },
      { title: "MySQL", props: group("aurora-mysql8.0", parameter("require_secure_transport", "ON")) },
      { title: "MariaDB", type: PARAMETERS, props: group("mariadb11.4", parameter("require_secure_transport", "1")) },
      {
        title: "an instance of Aurora: its cluster has the parameter",
        type: PARAMETERS,
        props: group("aurora-postgresql16"),
      },
      { title: "an engine without such a parameter", type: PARAMETERS, props: group("oracle-ee-19") },
      { title: "next to one that is not known", props: group("postgres16", UNKNOWN, parameter("rds.force_ssl", "1")) },
    ],
    bad: [
      {
        title: "off",
        props: group("aurora-postgresql16", parameter("rds.force_ssl", "0")),
        found: ["parameters: rds.force_ssl is not on"],
      },
      {
        title: "missing",
        type: PARAMETERS,
        props: { family: "postgres16" },
        found: ["parameters: rds.force_ssl is not on"],
      },
      {
        title: "MySQL",
        type: PARAMETERS,
        props: group("mysql8.4"),
        found: ["parameters: require_secure_transport is not on"],
      },
      {
        title: "SQL Server",
        type: PARAMETERS,
        props: group("sqlserver-se-16.0"),
        found: ["parameters: rds.force_ssl is not on"],
      },
    ],
    unknown: [
      { title: "the family", props: group(UNKNOWN), open: ["family"] },
      { title: "one parameter, which may be it", props: group("postgres16", UNKNOWN), open: ["parameters.0"] },
      {
        title: "the value",
        props: group("postgres16", parameter("rds.force_ssl", UNKNOWN)),
        open: ["parameters.0.value"],
      },
    ],
  },
  {
    rule: rdsLogConnections,
    ok: [
      { title: "both", props: group("aurora-postgresql16", ...LOGGED) },
      { title: "another engine", props: group("aurora-mysql8.0") },
      {
        title: "a library that is asked for",
        props: group("postgres16", ...LOGGED, parameter("shared_preload_libraries", "pg_stat_statements, pgaudit")),
        settings: { libraries: ["pgaudit"] },
      },
    ],
    bad: [
      {
        title: "missing",
        props: group("postgres16"),
        found: ["parameters: log_connections is not on", "parameters: log_disconnections is not on"],
      },
      {
        title: "one of them",
        props: group("postgres16", parameter("log_connections", "1"), parameter("log_disconnections", "0")),
        found: ["parameters: log_disconnections is not on"],
      },
      {
        title: "a library whose name only begins alike",
        props: group("postgres16", ...LOGGED, parameter("shared_preload_libraries", "pgaudit2")),
        settings: { libraries: ["pgaudit"] },
        found: ["parameters: shared_preload_libraries lacks pgaudit"],
      },
      {
        title: "no library at all",
        props: group("postgres16", ...LOGGED),
        settings: { libraries: ["pgaudit"] },
        found: ["parameters: shared_preload_libraries lacks pgaudit"],
      },
    ],
    unknown: [
      {
        title: "one value: the other is decided",
        props: group("postgres16", parameter("log_connections", UNKNOWN), parameter("log_disconnections", "0")),
        open: ["parameters.0.value"],
        found: ["parameters: log_disconnections is not on"],
      },
    ],
  },
  {
    rule: rdsProxyTls,
    ok: [{ title: "on", props: { requireTls: true } }],
    bad: [
      { title: "off", props: { requireTls: false }, found: ["requireTls is not on"] },
      { title: "missing", props: {}, found: ["requireTls is not on"] },
    ],
    unknown: [{ title: "the switch", props: { requireTls: UNKNOWN }, open: ["requireTls"] }],
  },
  {
    rule: rdsCa,
    ok: [
      { title: "one in use", props: { caCertIdentifier: "rds-ca-ecc384-g1" } },
      { title: "missing: the default", props: {} },
      { title: "one of one's own list", props: { caCertIdentifier: "a" }, settings: { authorities: ["a"] } },
    ],
    bad: [
      {
        title: "an expired one",
        type: CLUSTER_INSTANCE,
        props: { caCertIdentifier: "rds-ca-2019" },
        found: ["caCertIdentifier is no authority in use"],
      },
      {
        title: "a cluster's",
        type: "aws:rds/cluster:Cluster",
        props: { caCertificateIdentifier: "rds-ca-2019" },
        found: ["caCertificateIdentifier is no authority in use"],
      },
    ],
    unknown: [{ title: "the authority", props: { caCertIdentifier: UNKNOWN }, open: ["caCertIdentifier"] }],
  },
  {
    rule: rdsHttpEndpoint,
    ok: [
      { title: "off", props: { enableHttpEndpoint: false } },
      { title: "missing, which is off", props: {} },
    ],
    bad: [{ title: "on", props: { enableHttpEndpoint: true }, found: ["enableHttpEndpoint is on"] }],
    unknown: [{ title: "the switch", props: { enableHttpEndpoint: UNKNOWN }, open: ["enableHttpEndpoint"] }],
  },
  {
    rule: rdsDeletionProtection,
    ok: [
      { title: "on, with a snapshot", props: { deletionProtection: true, skipFinalSnapshot: false } },
      { title: "the snapshot left out, which makes one", type: INSTANCE, props: { deletionProtection: true } },
    ],
    bad: [
      { title: "missing", props: {}, found: ["deletionProtection is not on"] },
      {
        title: "off, and without snapshot",
        type: INSTANCE,
        props: { deletionProtection: false, skipFinalSnapshot: true },
        found: ["deletionProtection is not on", "skipFinalSnapshot is on"],
      },
    ],
    unknown: [
      {
        title: "the protection: the snapshot is decided",
        props: { deletionProtection: UNKNOWN, skipFinalSnapshot: true },
        open: ["deletionProtection"],
        found: ["skipFinalSnapshot is on"],
      },
    ],
  },
  {
    rule: rdsBackups,
    ok: [
      { title: "a week", props: { backupRetentionPeriod: 7 } },
      { title: "a replica", type: INSTANCE, props: { replicateSourceDb: "orders" } },
      { title: "what is configured", props: { backupRetentionPeriod: 3 }, settings: { minimumDays: 3 } },
    ],
    bad: [
      { title: "missing", props: {}, found: ["backupRetentionPeriod is missing"] },
      {
        title: "a day",
        type: INSTANCE,
        props: { backupRetentionPeriod: 1 },
        found: ["backupRetentionPeriod is too short"],
      },
      {
        title: "less than configured",
        props: { backupRetentionPeriod: 7 },
        settings: { minimumDays: 35 },
        found: ["backupRetentionPeriod is too short"],
      },
    ],
    unknown: [{ title: "the days", props: { backupRetentionPeriod: UNKNOWN }, open: ["backupRetentionPeriod"] }],
  },
  {
    rule: rdsTagsSnapshots,
    ok: [{ title: "on", props: { copyTagsToSnapshot: true } }],
    bad: [
      { title: "off", props: { copyTagsToSnapshot: false }, found: ["copyTagsToSnapshot is not on"] },
      { title: "missing", type: INSTANCE, props: {}, found: ["copyTagsToSnapshot is not on"] },
    ],
    unknown: [{ title: "the switch", props: { copyTagsToSnapshot: UNKNOWN }, open: ["copyTagsToSnapshot"] }],
  },
  {
    rule: rdsMinorUpgrade,
    ok: [
      { title: "on", props: { autoMinorVersionUpgrade: true } },
      { title: "missing, which is on", props: {} },
    ],
    bad: [
      {
        title: "off",
        type: CLUSTER_INSTANCE,
        props: { autoMinorVersionUpgrade: false },
        found: ["autoMinorVersionUpgrade is off"],
      },
    ],
    unknown: [{ title: "the switch", props: { autoMinorVersionUpgrade: UNKNOWN }, open: ["autoMinorVersionUpgrade"] }],
  },
  {
    rule: rdsLogExports,
    ok: [
      {
        title: "PostgreSQL",
        props: { engine: "aurora-postgresql", enabledCloudwatchLogsExports: ["iam-db-auth-error", "postgresql"] },
      },
      {
        title: "MySQL, next to one that is not known",
        type: INSTANCE,
        props: { engine: "mysql", enabledCloudwatchLogsExports: ["audit", UNKNOWN, "error"] },
      },
      {
        title: "what is configured, whatever the engine",
        props: { enabledCloudwatchLogsExports: ["a"] },
        settings: { logs: ["a"] },
      },
    ],
    bad: [
      {
        title: "missing",
        props: { engine: "aurora-postgresql" },
        found: [
          "enabledCloudwatchLogsExports lacks postgresql",
          "enabledCloudwatchLogsExports lacks iam-db-auth-error",
        ],
      },
      {
        title: "one of them",
        props: { engine: "postgres", enabledCloudwatchLogsExports: ["postgresql", "upgrade"] },
        type: INSTANCE,
        found: ["enabledCloudwatchLogsExports lacks iam-db-auth-error"],
      },
      {
        title: "an engine that nobody knows",
        props: { engine: "neptune", enabledCloudwatchLogsExports: ["audit"] },
        found: ["engine is none whose logs are known here"],
      },
    ],
    unknown: [
      {
        title: "the list",
        props: { engine: "postgres", enabledCloudwatchLogsExports: UNKNOWN },
        open: ["enabledCloudwatchLogsExports"],
      },
      {
        title: "one log, which may be the missing one",
        props: { engine: "postgres", enabledCloudwatchLogsExports: ["postgresql", UNKNOWN] },
        open: ["enabledCloudwatchLogsExports.1"],
      },
      { title: "the engine", props: { engine: UNKNOWN, enabledCloudwatchLogsExports: [] }, open: ["engine"] },
    ],
  },
];
