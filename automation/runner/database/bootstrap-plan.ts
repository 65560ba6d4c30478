import { PROVISIONER } from "../../../infra/contract/names";
import { membershipOf, roleNamed, type Catalog } from "./catalog";
import { identifier } from "./sql-text";

/** What must stand before the provisioner can do the rest. */
export interface BootstrapWish {
  /** Role that runs the plan. */
  readonly master: string;
  /** Owner role by database. */
  readonly databases: Readonly<Record<string, { readonly owner: string }>>;
}

/** Statements that are missing, in order. Nothing to do: both are empty. */
export interface BootstrapPlan {
  /** CREATE DATABASE cannot be in a transaction: these go first, each alone. */
  readonly databasesToCreate: readonly string[];
  /** All the rest: one transaction, because once the provisioner is in `rds_iam` its creator may be locked out of passwords. */
  readonly transaction: readonly string[];
}

/**
 * Plans the bootstrap from what the cluster has (pure). Run as the master, on PostgreSQL ≥ 16:
 * - creating a role gives the master ADMIN on it and nothing else; SET, which ALTER DATABASE … OWNER TO asks for, it gives itself;
 * - grants on a database are made as its owner (SET LOCAL ROLE), because the master keeps INHERIT FALSE;
 * - the provisioner is a plain member of `rds_iam` *and* may pass it on: an IAM login whichever rows the engine counts;
 * - on owner roles it has ADMIN alone: whatever needs the owner's rights takes SET for one transaction and gives it back;
 * - a database that changes hands here is closed to PUBLIC; one that had its owner before stays as its people left it.
 */
export function bootstrapPlan(wish: BootstrapWish, found: Catalog): BootstrapPlan {
  const databases = Object.entries(wish.databases).map(([name, { owner }]) => ({ name, owner }));
  const owners = [...new Set(databases.map(({ owner }) => owner))];
  return {
    databasesToCreate: databases
      .filter(({ name }) => !found.databases.some((database) => database.name === name))
      .map(({ name }) => `CREATE DATABASE ${identifier(name)} TEMPLATE template0`),
    transaction: [
      ...owners.flatMap((owner) => ownerRole(owner, wish.master, found)),
      ...provisioner(found),
      ...owners.flatMap((owner) => adminOn(owner, found)),
      ...databases.flatMap(({ name, owner }) => databaseStatements(name, owner, found)),
    ],
  };
}

function ownerRole(owner: string, master: string, found: Catalog): string[] {
  const create = roleNamed(found, owner) ? [] : [`CREATE ROLE ${identifier(owner)} NOLOGIN`];
  const self = membershipOf(found, master, owner)?.set
    ? []
    : [`GRANT ${identifier(owner)} TO ${identifier(master)} WITH INHERIT FALSE, SET TRUE`];
  return [...create, ...self];
}

function provisioner(found: Catalog): string[] {
  const name = identifier(PROVISIONER);
  const role = roleNamed(found, PROVISIONER);
  const iam = membershipOf(found, PROVISIONER, "rds_iam");
  const create = role
    ? role.login && role.createRole
      ? []
      : [`ALTER ROLE ${name} LOGIN CREATEROLE`]
    : [`CREATE ROLE ${name} LOGIN CREATEROLE NOSUPERUSER NOCREATEDB`];
  return [
    ...create,
    ...(iam?.admin && iam.inherit && iam.set
      ? []
      : [`GRANT rds_iam TO ${name} WITH ADMIN TRUE, INHERIT TRUE, SET TRUE`]),
    ...(membershipOf(found, PROVISIONER, "pg_signal_backend")?.inherit ? [] : [`GRANT pg_signal_backend TO ${name}`]),
  ];
}

function adminOn(owner: string, found: Catalog): string[] {
  if (membershipOf(found, PROVISIONER, owner)?.admin) return [];
  return [`GRANT ${identifier(owner)} TO ${identifier(PROVISIONER)} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE`];
}

function databaseStatements(name: string, owner: string, found: Catalog): string[] {
  const database = found.databases.find((each) => each.name === name);
  const handOver = database?.owner !== owner;
  const asOwner = [
    ...(handOver ? [`REVOKE CONNECT ON DATABASE ${identifier(name)} FROM PUBLIC`] : []),
    ...(!handOver && database?.connectGrantable.includes(PROVISIONER)
      ? []
      : [`GRANT CONNECT ON DATABASE ${identifier(name)} TO ${identifier(PROVISIONER)} WITH GRANT OPTION`]),
  ];
  return [
    ...(handOver ? [`ALTER DATABASE ${identifier(name)} OWNER TO ${identifier(owner)}`] : []),
    ...(asOwner.length > 0 ? [`SET LOCAL ROLE ${identifier(owner)}`, ...asOwner, "RESET ROLE"] : []),
  ];
}
