import { knownElements } from "../known-elements";
import type { Properties, ResourceRule } from "../rule";
import { isObject, textOf } from "../values";
import { CLUSTER_PARAMETERS, PARAMETERS } from "./types";

const POSTGRES = /postgres/;
const TYPES = [CLUSTER_PARAMETERS, PARAMETERS];

/** TLS for every connection. */
export const rdsForceSsl: ResourceRule = {
  id: "rds-force-ssl",
  title: "A database takes TLS connections only",
  why: "An IAM token sent in clear is a password for fifteen minutes",
  severity: "high",
  level: "mandatory",
  references: ["FSBP RDS.38", "FSBP RDS.39", "FSBP RDS.44"],
  fix: 'Write the parameter rds.force_ssl as "1" (MySQL and MariaDB: require_secure_transport as "ON")',
  types: TYPES,
  check: ({ type, props }, { report }) => {
    const family = familyOf(type, props);
    const name = secureTransport(family);
    if (name !== undefined && !isOn(parameterOf(props, name))) report(`parameters: ${name} is not on`);
  },
};

/** Who came and went stands in the log; pgaudit, where it is asked for, says what they did. */
export const rdsLogConnections: ResourceRule = {
  id: "rds-log-connections",
  title: "PostgreSQL logs who came and who went",
  why: "Without these lines no session in the audit trail can be joined to what the database did",
  severity: "medium",
  level: "advisory",
  references: ["CIS PostgreSQL Benchmark: log_connections, log_disconnections", "FSBP RDS.37"],
  fix: 'Write the parameters log_connections and log_disconnections as "1", and shared_preload_libraries with the configured libraries (set this rule to mandatory for production stacks by policy configuration)',
  parameters: {
    libraries: { type: "strings", default: [], about: 'Libraries to preload, e.g. "pgaudit"' },
  },
  types: TYPES,
  check: ({ type, props }, { report, part }, { libraries }) => {
    if (!POSTGRES.test(familyOf(type, props))) return;
    for (const name of ["log_connections", "log_disconnections"]) {
      part(() => {
        if (!isOn(parameterOf(props, name))) report(`parameters: ${name} is not on`);
      });
    }
    for (const library of libraries as readonly string[]) {
      part(() => {
        const loaded = textOf(parameterOf(props, "shared_preload_libraries")).split(/[\s,]+/);
        if (!loaded.includes(library)) report(`parameters: shared_preload_libraries lacks ${library}`);
      });
    }
  },
};

/** Family of a group; empty for an instance's group of Aurora, whose cluster group has these parameters. */
function familyOf(type: string, { family }: Properties): string {
  const name = typeof family === "string" ? family : "";
  return type === PARAMETERS && name.startsWith("aurora") ? "" : name;
}

function secureTransport(family: string): string | undefined {
  if (POSTGRES.test(family) || family.startsWith("sqlserver")) return "rds.force_ssl";
  return /mysql|mariadb/.test(family) ? "require_secure_transport" : undefined;
}

function parameterOf(props: Properties, name: string): unknown {
  const { values, complete } = knownElements(props["parameters"]);
  for (const parameter of values) {
    if (isObject(parameter) && parameter["name"] === name) return parameter["value"];
  }
  complete();
  return undefined;
}

function isOn(value: unknown): boolean {
  return /^(1|on|true|yes)$/i.test(String(value));
}
