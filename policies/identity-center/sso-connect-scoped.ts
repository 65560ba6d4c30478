import { DOCUMENT_TYPES, eachGrant } from "../documents/granted";
import type { ResourceRule } from "../rule";
import { databaseUserProblem, readDatabaseUser } from "./database-user";

/** Whoever may log in, may do so as one user of one database. */
export const ssoConnectScoped: ResourceRule = {
  id: "sso-connect-scoped",
  title: "rds-db:connect names one database and one user",
  why: "A wildcard lets a reader log in as the owner, and into databases that do not exist yet",
  severity: "critical",
  level: "mandatory",
  references: ["FSBP IAM.21", "RDS user guide: Creating and using an IAM policy for IAM database access"],
  fix: "Write Resource as arn:<partition>:rds-db:<region>:<account>:dbuser:<cluster-… resource id>/<user>, the user being a name or ${aws:PrincipalTag/<key>}",
  parameters: {
    attributeKeys: { type: "strings", about: "Keys of the tags that a user name may be taken from; any, if left out" },
  },
  types: DOCUMENT_TYPES,
  check: (resource, verdict, { attributeKeys }) =>
    eachGrant(resource, verdict, "rds-db:connect", ({ resources }, place) =>
      resources.patterns.forEach((pattern, index) => {
        const problem = databaseUserProblem(pattern) ?? tagProblem(pattern, attributeKeys);
        if (problem !== undefined) verdict.report(`${place}.Resource[${index}] of rds-db:connect ${problem}`);
      }),
    ),
};

/** A tag's key counts in any case, as in IAM. */
function tagProblem(resource: string, keys: unknown): string | undefined {
  const tag = readDatabaseUser(resource)?.tag;
  if (tag === undefined || !Array.isArray(keys)) return undefined;
  const known = keys.some((key) => String(key).toLowerCase() === tag.toLowerCase());
  return known ? undefined : "takes the user from a tag that is not configured";
}
