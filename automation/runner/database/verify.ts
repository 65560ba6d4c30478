import { CANARY, PROVISIONER } from "../../../infra/contract/names";
import { roleNamed, readCatalog, type Catalog } from "./catalog";
import { loginRolesPlan } from "./login-roles-plan";
import { readObjectCatalog } from "./object-catalog";
import { privilegesPlan } from "./privileges-plan";
import { withDatabase, type ConnectDatabase } from "./sql-client";
import type { WantedRoles } from "./wanted-roles";

/**
 * Compares the catalogs with what is wanted; changes nothing.
 *
 * @returns one sentence for each difference; none: all is as it should be
 */
export async function verifyRoles(connect: ConnectDatabase, wanted: WantedRoles): Promise<string[]> {
  const problems = await withDatabase(connect, "postgres", async (client) =>
    roleProblems(wanted, await readCatalog(client)),
  );
  for (const database of wanted.databases) {
    const missing = await withDatabase(connect, database.name, async (client) =>
      privilegesPlan(database, wanted.privilegeRoles, await readObjectCatalog(client, database)),
    );
    problems.push(
      ...missing
        .filter((statement) => /^(CREATE|GRANT (?!.*CURRENT_USER)|ALTER)/.test(statement))
        .map((statement) => `${database.name}: missing ${statement}`),
    );
  }
  return problems;
}

/** Differences in roles and memberships, and what must never be, whoever did it. */
export function roleProblems(wanted: WantedRoles, found: Catalog): string[] {
  const { statements, refusals } = loginRolesPlan(wanted, found);
  const logins = [...wanted.logins.map(({ name }) => name), CANARY];
  const owners = [...new Set(wanted.databases.map(({ owner }) => owner))];
  return [
    ...refusals,
    ...statements.map((statement) => `missing ${statement}`),
    ...logins.flatMap((name) => excess(name, found)),
    ...owners.flatMap((name) => ownerProblems(name, found)),
    ...(roleNamed(found, PROVISIONER)?.superuser ? [`${PROVISIONER} is a superuser`] : []),
  ];
}

function excess(name: string, found: Catalog): string[] {
  const role = roleNamed(found, name);
  if (!role) return [];
  const rights = [
    ["SUPERUSER", role.superuser],
    ["CREATEDB", role.createDatabase],
    ["REPLICATION", role.replication],
    ["BYPASSRLS", role.bypassRls],
  ] as const;
  return rights.filter(([, held]) => held).map(([right]) => `${JSON.stringify(name)} has ${right}`);
}

/** An owner role that could log in, or that came into rds_iam, would take its members with it. */
function ownerProblems(name: string, found: Catalog): string[] {
  const role = roleNamed(found, name);
  if (!role) return [`the owner role ${JSON.stringify(name)} does not exist`];
  const iam = found.memberships.some(({ member, role: group }) => member === name && group === "rds_iam");
  return [
    ...(role.login ? [`the owner role ${JSON.stringify(name)} may log in`] : []),
    ...(iam ? [`the owner role ${JSON.stringify(name)} is in rds_iam`] : []),
  ];
}
