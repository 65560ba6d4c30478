import { DOCUMENT_TYPES, eachStatement } from "../documents/granted";
import { coversAction } from "../documents/iam-document";
import type { ResourceRule } from "../rule";

/** Keys that a database login never carries (RDS user guide, "IAM database authentication": limitations on condition keys). */
const ABSENT: ReadonlySet<string> = new Set(
  ["Referer", "SourceIp", "SourceVpc", "SourceVpce", "UserAgent", "VpcSourceIp"].map(
    (key) => `aws:${key.toLowerCase()}`,
  ),
);

/** No condition that a database login cannot meet. */
export const ssoNoUnsupportedConditions: ResourceRule = {
  id: "sso-no-unsupported-conditions",
  title: "rds-db:connect has no condition that a database login does not carry",
  why: "Such a condition refuses everybody, or with a negative operator nobody, whatever network they come from",
  severity: "medium",
  level: "mandatory",
  references: ["RDS user guide: IAM database authentication for MariaDB, MySQL, and PostgreSQL"],
  fix: "Leave the key out of Condition, and write rds-db:connect as a statement of its own",
  types: DOCUMENT_TYPES,
  check: (resource, { report, part }) =>
    eachStatement(resource, { report, part }, (statement, place) => {
      if (!coversAction(statement, "rds-db:connect")) return;
      const keys = new Set(statement.conditions.map(({ key }) => key).filter((key) => ABSENT.has(key)));
      for (const key of keys) report(`${place}.Condition of rds-db:connect asks for ${key}`);
    }),
};
