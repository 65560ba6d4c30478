import { asOwner } from "../../automation/runner/database/as-owner";
import { readCatalog } from "../../automation/runner/database/catalog";
import { makeWay, type JudgeRemovals } from "../../automation/runner/database/make-way";
import { roleComments } from "../../automation/runner/database/role-comments-plan";
import { inTransaction, withDatabase, type ConnectDatabase } from "../../automation/runner/database/sql-client";
import { identifier } from "../../automation/runner/database/sql-text";
import type { WantedRoles } from "../../infra/contract/wanted-roles";
import { grantPlan, type PlannedGrant } from "../../infra/sql/grant-plan";
import { rolePlan, type PlannedRole } from "../../infra/sql/role-plan";

/**
 * A run of the runner with the database stack's plan as plain SQL in place of the engine: what the plan means to PostgreSQL is proven
 * in a second this way. Roles that are no longer planned stay, as they do when a stack was cut off.
 */
export async function convergeByHand(
  connect: ConnectDatabase,
  wanted: WantedRoles,
  judge: JudgeRemovals = () => undefined,
): Promise<void> {
  await makeWay(connect, wanted, judge);
  await withDatabase(connect, "postgres", async (client) => {
    const found = new Set((await readCatalog(client)).roles.map(({ name }) => name));
    await inTransaction(
      client,
      rolePlan(wanted).flatMap((role) => roleStatements(role, found)),
    );
  });
  const { grants, defaults } = grantPlan(wanted);
  for (const database of wanted.databases) {
    const here = defaults.filter((each) => each.database === database.name);
    const statements = [
      ...here.map(
        ({ schema, privileges, objectType, role }) =>
          `ALTER DEFAULT PRIVILEGES IN SCHEMA ${identifier(schema)} GRANT ${privileges.join(", ")} ON ${objectType.toUpperCase()}S TO ${identifier(role)}`,
      ),
      ...grants.filter((each) => each.database === database.name).map(grantStatement),
    ];
    await withDatabase(connect, database.name, (client) => inTransaction(client, asOwner(database.owner, statements)));
  }
  await withDatabase(connect, "postgres", async (client) =>
    inTransaction(client, roleComments(wanted, await readCatalog(client))),
  );
}

function roleStatements({ name, login, memberOf, connectionLimit }: PlannedRole, found: ReadonlySet<string>): string[] {
  const role = identifier(name);
  return [
    `${found.has(name) ? "ALTER" : "CREATE"} ROLE ${role} WITH ${login ? "LOGIN" : "NOLOGIN"} CONNECTION LIMIT ${connectionLimit}`,
    ...memberOf.map((group) => `GRANT ${identifier(group)} TO ${role}`),
  ];
}

function grantStatement({ objectType, database, schema = "", privileges, role }: PlannedGrant): string {
  const on = {
    database: `DATABASE ${identifier(database)}`,
    schema: `SCHEMA ${identifier(schema || "public")}`,
    table: `ALL TABLES IN SCHEMA ${identifier(schema || "public")}`,
    sequence: `ALL SEQUENCES IN SCHEMA ${identifier(schema || "public")}`,
  }[objectType];
  return `GRANT ${privileges.join(", ")} ON ${on} TO ${identifier(role)}`;
}
