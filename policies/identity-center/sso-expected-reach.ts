import { eachGrant } from "../documents/granted";
import type { StackResource, StackRule, StackVerdict } from "../rule";
import { foreignTo, ownOutputs } from "../stack/own-outputs";
import { isObject, textOf } from "../values";
import { mayNameDatabaseUser, readDatabaseUser } from "./database-user";
import { documentName, mayNameDocument } from "./session-target";
import { setDocuments } from "./set-documents";

const CLUSTER = "aws:rds/cluster:Cluster";

/** What the setting says of one permission set. */
interface Expected {
  readonly logins: readonly string[];
  readonly clusters: readonly string[];
  readonly documents: readonly string[];
}

/** Permission sets reach what somebody decided, and no more. */
export const ssoExpectedReach: StackRule = {
  id: "sso-expected-reach",
  title: "Each permission set reaches only the logins, clusters and documents that it is expected to reach",
  why: "A policy can be narrow and still be the wrong one: the writer's for the reader",
  severity: "critical",
  level: "mandatory",
  references: ["AWS Well-Architected SEC03"],
  fix: "Write the policy of the set for the expected logins, clusters and documents, or change who may reach what in the setting expectedReach",
  parameters: {
    expectedReach: {
      type: "object",
      about:
        "Permission set name → { logins: user parts as policies write them, clusters: identifiers or resource ids, documents: names }",
    },
  },
  checkStack: (resources, verdict, { expectedReach }) => {
    if (!isObject(expectedReach)) return verdict.notApplicable("the setting expectedReach is not there");
    for (const { set, documents } of setDocuments(resources, verdict)) {
      verdict.part(() => {
        const name = set.props["name"];
        const expected = expectedOf(typeof name === "string" ? expectedReach[name] : undefined);
        for (const holder of documents) verdict.part(() => inside(holder, expected, resources, verdict));
      });
    }
  },
};

function inside(
  holder: StackResource,
  expected: Expected,
  resources: readonly StackResource[],
  verdict: StackVerdict,
): void {
  const { report, part } = verdict;
  const say = (found: string): void => report(found, holder);
  eachGrant(holder, { report: say, part }, "rds-db:connect", (statement, place) =>
    statement.resources.patterns.forEach((pattern, index) => {
      if (!mayNameDatabaseUser(pattern)) return;
      const user = readDatabaseUser(pattern);
      const where = `${place}.Resource[${index}] of rds-db:connect`;
      if (!user) return say(`${where} reaches more than one database user`);
      if (!expected.logins.includes(user.login)) say(`${where} names a login that is not expected`);
      part(() =>
        unexpectedCluster(user.database, expected.clusters, resources, verdict, () =>
          say(`${where} names a cluster that is not expected`),
        ),
      );
    }),
  );
  eachGrant(holder, { report: say, part }, "ssm:StartSession", (statement, place) =>
    statement.resources.patterns.forEach((pattern, index) => {
      if (!mayNameDocument(pattern)) return;
      const name = documentName(pattern);
      if (name === undefined || !expected.documents.includes(name))
        say(`${place}.Resource[${index}] of ssm:StartSession names a document that is not expected`);
    }),
  );
}

/** A policy has the resource id, people know the identifier: the stack's own clusters have both. */
function unexpectedCluster(
  database: string,
  clusters: readonly string[],
  resources: readonly StackResource[],
  verdict: StackVerdict,
  report: () => void,
): void {
  if (clusters.includes(database)) return;
  const expected = resources.filter(
    ({ type, props }) => type === CLUSTER && clusters.includes(textOf(props["clusterIdentifier"])),
  );
  foreignTo(ownOutputs(expected, { [CLUSTER]: ["clusterResourceId"] }), database, verdict, report);
}

function expectedOf(value: unknown): Expected {
  const strings = (list: unknown): string[] => (Array.isArray(list) ? list.map(String) : []);
  const given = isObject(value) ? value : {};
  return {
    logins: strings(given["logins"]),
    clusters: strings(given["clusters"]),
    documents: strings(given["documents"]),
  };
}
