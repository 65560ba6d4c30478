/** Rows of the answer to a query: all that is needed of a database client. */
export type AskDatabase = (
  text: string,
  values: unknown[],
) => Promise<{ readonly rows: readonly Record<string, unknown>[] }>;

/**
 * Is the role a direct or indirect member of `rds_iam`? `pg_hba.conf`'s `+rds_iam` recurses unconditionally, ADMIN-only rows
 * included (PostgreSQL 16: ROLERECURSE_MEMBERS); whether RDS counts those is unproven, hence $3.
 * $1 role · $2 oid of the seeded row that is never counted · $3 whether ADMIN-only rows count.
 */
export const MEMBER_OF_RDS_IAM = `
WITH RECURSIVE counted AS (
  SELECT roleid, member FROM pg_auth_members
  WHERE oid <> $2::oid AND ($3::boolean OR inherit_option OR set_option)
), above(role) AS (
  SELECT roleid FROM counted WHERE member = (SELECT oid FROM pg_roles WHERE rolname = $1)
  UNION
  SELECT counted.roleid FROM counted JOIN above ON counted.member = above.role
)
SELECT EXISTS (SELECT FROM above JOIN pg_roles ON pg_roles.oid = above.role WHERE rolname = 'rds_iam') AS member`;

/** Asks `MEMBER_OF_RDS_IAM`; an unknown role is no member. */
export async function isMemberOfRdsIam(
  ask: AskDatabase,
  role: string,
  seededRow: string,
  adminOnlyCounts: boolean,
): Promise<boolean> {
  const { rows } = await ask(MEMBER_OF_RDS_IAM, [role, seededRow, adminOnlyCounts]);
  return rows[0]?.["member"] === true;
}
