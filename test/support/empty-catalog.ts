import type { Catalog, RoleFacts } from "../../automation/runner/database/catalog";

/** A cluster as RDS gives it, without anything of ours. */
export const EMPTY_CATALOG: Catalog = {
  version: 160_014,
  roles: [],
  memberships: [],
  databases: [{ name: "postgres", owner: "boss", connect: ["", "boss"], connectGrantable: [] }],
};

/** A role with the usual attributes. */
export function roleFacts(name: string, facts: Partial<RoleFacts> = {}): RoleFacts {
  const usual = {
    login: false,
    superuser: false,
    createRole: false,
    createDatabase: false,
    replication: false,
    bypassRls: false,
    inherit: true,
    connectionLimit: -1,
    comment: undefined,
  };
  return { name, ...usual, ...facts };
}

/** A plain membership. */
export function memberOf(member: string, role: string): Catalog["memberships"][number] {
  return { role, member, admin: false, inherit: true, set: true };
}
