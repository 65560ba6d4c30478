import { CLUSTER, INSTANCE } from "../database/types";
import { knownOf } from "../known-elements";
import { written } from "../network/written";
import type { StackResource } from "../rule";
import { isSet, textOf } from "../values";

/** Ports that RDS takes where none is written (RDS and Aurora user guides, `Port` of CreateDBInstance and CreateDBCluster). */
const DEFAULTS: readonly (readonly [engine: RegExp, port: number])[] = [
  [/postgres/i, 5432],
  [/mysql|mariadb|^aurora$/i, 3306],
  [/^oracle/i, 1521],
  [/^sqlserver/i, 1433],
  [/^db2/i, 50000],
];

/**
 * The port of a database, or of an RDS proxy; undefined while it is not known.
 *
 * @example databasePort(cluster) // 5432
 */
export function databasePort(database: StackResource): number | undefined {
  const isDatabase = database.type === CLUSTER || database.type === INSTANCE;
  const read = knownOf([() => (isDatabase ? written(database, "port") : undefined)]).values;
  if (read.length === 0) return undefined;
  if (isSet(read[0])) return Number(read[0]);
  const [engine] = knownOf([() => written(database, isDatabase ? "engine" : "engineFamily")]).values;
  return DEFAULTS.find(([name]) => name.test(textOf(engine)))?.[1];
}
