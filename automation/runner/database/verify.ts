import { PROVISIONER } from "../../../infra/contract/names";
import type { WantedRoles } from "../../../infra/contract/wanted-roles";
import { readCatalog, roleNamed, type Catalog } from "./catalog";
import { readObjectCatalog } from "./object-catalog";
import { objectDifferences } from "./object-differences";
import { roleDifferences } from "./role-differences";
import { roleRefusals } from "./role-refusals";
import { withDatabase, type ConnectDatabase } from "./sql-client";

/**
 * Compares the catalogs with what is wanted; changes nothing.
 *
 * @returns one sentence for each difference; none: all is as it should be
 */
export async function verifyRoles(connect: ConnectDatabase, wanted: WantedRoles): Promise<string[]> {
  const problems = await withDatabase(connect, "postgres", async (client) =>
    roleProblems(wanted, await readCatalog(client)),
  );
  for (const database of wanted.databases)
    problems.push(
      ...(await withDatabase(connect, database.name, async (client) =>
        objectDifferences(database, wanted.privilegeRoles, await readObjectCatalog(client, database)),
      )),
    );
  return problems;
}

/** Differences in roles and memberships, and what must never be, whoever did it. */
export function roleProblems(wanted: WantedRoles, found: Catalog): string[] {
  const owners = [...new Set(wanted.databases.map(({ owner }) => owner))];
  return [
    ...roleRefusals(wanted, found),
    ...roleDifferences(wanted, found),
    ...owners.flatMap((name) => ownerProblems(name, found)),
    ...(roleNamed(found, PROVISIONER)?.superuser ? [`${PROVISIONER} is a superuser`] : []),
  ];
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
