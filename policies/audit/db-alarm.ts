import { CLUSTER, INSTANCE } from "../database/types";
import { knownOf } from "../known-elements";
import type { StackResource, StackRule } from "../rule";
import { comesFrom } from "../stack/comes-from";
import { isObject, isTrue, textOf } from "../values";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
const GROUP = "aws:cloudwatch/logGroup:LogGroup";
/** Metrics of refused IAM logins (RDS user guide, "IAM database authentication metrics"). */
const REFUSED = /^IamDbAuthConnectionFailure/;
/** The log in which RDS says why it refused a login, and those of the engines. */
const LOGIN_LOG = /\/(iam-db-auth-error|postgresql|error|audit)$/;

/** A refused login wakes somebody. */
export const dbAlarm: StackRule = {
  id: "db-alarm",
  title: "A database with IAM logins has an alarm on refused ones",
  why: "Trying out names is the first thing seen of somebody who took a session, and nobody reads logs",
  severity: "medium",
  level: "advisory",
  references: ["AWS Well-Architected SEC04", "RDS user guide: Monitoring IAM database authentication"],
  fix: "Write an aws.cloudwatch.MetricAlarm on AWS/RDS IamDbAuthConnectionFailureInsufficientPermissions with the database in dimensions, or on a LogMetricFilter of its log group iam-db-auth-error; alarms elsewhere belong into the setting externalAlarms",
  parameters: {
    externalAlarms: {
      type: "boolean",
      default: false,
      about: "Whether alarms on these databases stand in another stack",
    },
  },
  checkStack: (resources, verdict, { externalAlarms }) => {
    if (externalAlarms === true) return;
    for (const database of resources.filter(({ type }) => type === CLUSTER || type === INSTANCE)) {
      verdict.part(() => {
        if (!isTrue(database.props["iamDatabaseAuthenticationEnabled"])) return;
        const alarms = resources.filter(({ type }) => type === ALARM);
        const heard = knownOf(alarms.map((alarm) => () => hears(alarm, database, resources)));
        if (heard.values.includes(true)) return;
        heard.complete();
        verdict.report("The database has no alarm on refused IAM logins", database);
      });
    }
  },
};

function hears(alarm: StackResource, database: StackResource, resources: readonly StackResource[]): boolean {
  if (alarm.props["namespace"] === "AWS/RDS" && REFUSED.test(textOf(alarm.props["metricName"])))
    return isAbout(alarm, database);
  return resources.some(
    (filter) => filter.type === FILTER && counts(alarm, filter) && reads(filter, database, resources),
  );
}

/** Without dimension the metric is that of all databases. */
function isAbout(alarm: StackResource, database: StackResource): boolean {
  const dimensions = alarm.props["dimensions"];
  const named = isObject(dimensions) && Object.keys(dimensions).length > 0;
  return !named || identifiers(database).some((own) => comesFrom(alarm, "dimensions", database, own));
}

function counts(alarm: StackResource, filter: StackResource): boolean {
  const origins = Object.values(alarm.propertyDependencies).flat();
  if (origins.some(({ urn }) => urn === filter.urn)) return true;
  const transformation = filter.props["metricTransformation"];
  return (
    isObject(transformation) &&
    transformation["name"] === alarm.props["metricName"] &&
    transformation["namespace"] === alarm.props["namespace"]
  );
}

function reads(filter: StackResource, database: StackResource, resources: readonly StackResource[]): boolean {
  const origins = filter.propertyDependencies["logGroupName"] ?? [];
  if (origins.some(({ urn }) => urn === database.urn)) return true;
  const group =
    origins.find(({ type }) => type === GROUP) ??
    resources.find(({ type, props }) => type === GROUP && props["name"] === filter.props["logGroupName"]);
  if (group?.propertyDependencies["name"]?.some(({ urn }) => urn === database.urn)) return true;
  const name = textOf((group ?? filter).props[group ? "name" : "logGroupName"]);
  return LOGIN_LOG.test(name) && identifiers(database).some((own) => name.includes(`/${textOf(database.props[own])}/`));
}

function identifiers({ type }: StackResource): readonly string[] {
  return type === CLUSTER ? ["clusterIdentifier"] : ["identifier"];
}
