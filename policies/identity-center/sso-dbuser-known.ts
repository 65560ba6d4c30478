import { DOCUMENT_TYPES, eachGrant } from "../documents/granted";
import type { StackResource, StackRule, StackVerdict } from "../rule";
import { foreignTo, ownOutputs } from "../stack/own-outputs";
import { comesFrom } from "../stack/comes-from";
import { readDatabaseUser, type DatabaseUser } from "./database-user";
import { setDocuments } from "./set-documents";
import { ASSIGNMENT } from "./types";

/** What a policy calls a database: output property by type token; a proxy has its id in its ARN. */
const RESOURCE_IDS: Readonly<Record<string, readonly string[]>> = {
  "aws:rds/cluster:Cluster": ["clusterResourceId"],
  "aws:rds/instance:Instance": ["resourceId"],
  "aws:rds/proxy:Proxy": ["arn"],
};

/** Policies speak of logins and databases that there are. */
export const ssoDbuserKnown: StackRule = {
  id: "sso-dbuser-known",
  title: "rds-db:connect names logins that are configured, and databases of this stack",
  why: "A right for a login that nobody made waits for whoever makes it; one for another database reaches what this stack does not see",
  severity: "high",
  level: "mandatory",
  references: ["RDS user guide: Creating and using an IAM policy for IAM database access"],
  fix: "Write the clusterResourceId of the stack's cluster and a configured login; foreign databases belong into the setting databases",
  parameters: {
    dbUsers: { type: "strings", about: "Literal database logins; left out, these are not compared" },
    databases: { type: "strings", about: "Resource ids of databases outside of the stack, e.g. cluster-ABC" },
    perUser: { type: "boolean", default: false, about: "Whether each set with a literal login belongs to one person" },
  },
  checkStack: (resources, verdict, { dbUsers, databases, perUser }) => {
    const { values, open } = ownOutputs(resources, RESOURCE_IDS);
    const own = { values: values.map((id) => id.split(":").at(-1) ?? id), open };
    const compares = values.length + open.length > 0 || Array.isArray(databases);
    if (!compares && !Array.isArray(dbUsers) && perUser !== true)
      verdict.notApplicable("the stack has no database, and the settings name neither logins nor databases");
    for (const each of resources.filter(({ type }) => DOCUMENT_TYPES.includes(type))) {
      eachUser(each, verdict, ({ database, login, tag }, place) => {
        if (tag === undefined && Array.isArray(dbUsers) && !dbUsers.includes(login))
          verdict.report(`${place} names a login that is not configured`, each);
        if (!compares || (Array.isArray(databases) && databases.includes(database))) return;
        foreignTo(own, database, verdict, () =>
          verdict.report(`${place} names a database that is not of this stack`, each),
        );
      });
    }
    if (perUser === true) agree(resources, verdict);
  },
};

/** Wider resources are the matter of sso-connect-scoped. */
function eachUser(
  holder: StackResource,
  { part }: Pick<StackVerdict, "part">,
  decide: (user: DatabaseUser, place: string) => void,
): void {
  part(() =>
    eachGrant(holder, { report: () => undefined, part }, "rds-db:connect", ({ resources }, place) =>
      resources.patterns.forEach((pattern, index) => {
        const user = readDatabaseUser(pattern);
        if (user) decide(user, `${place}.Resource[${index}] of rds-db:connect`);
      }),
    ),
  );
}

/** One set, one literal login, one person. */
function agree(resources: readonly StackResource[], verdict: StackVerdict): void {
  for (const { set, documents } of setDocuments(resources, verdict)) {
    verdict.part(() => {
      const logins = new Set<string>();
      for (const each of documents)
        eachUser(each, { part: (decide) => decide() }, ({ login, tag }) => tag === undefined && logins.add(login));
      if (logins.size === 0) return;
      if (logins.size > 1) verdict.report("The set's policy names the logins of several persons", set);
      const assignments = resources.filter(
        (each) => each.type === ASSIGNMENT && comesFrom(each, "permissionSetArn", set, "arn"),
      );
      const principals = new Set(assignments.map(({ props }) => props["principalId"]));
      if (principals.size > 1) verdict.report("The set of one login is assigned to several persons", set);
      for (const each of assignments) {
        if (each.props["principalType"] !== "USER")
          verdict.report("principalType is not USER, though the set has one person's login", each);
      }
    });
  }
}
