import * as postgresql from "@pulumi/postgresql";
import * as pulumi from "@pulumi/pulumi";
import type { DatabaseWish } from "../contract/database-wish";
import { grantPlan, type PlannedDefault, type PlannedGrant } from "./grant-plan";
import { rolePlan, type PlannedRole } from "./role-plan";

/**
 * What is inside one cluster: roles, memberships, grants and default privileges, made by the provisioner.
 *
 * The provider's address and secret are not among its arguments: it reads PGHOST, PGPORT, PGUSER and PGPASSWORD when it runs, so
 * that neither is kept in the state, and a destroy works although the port has changed.
 */
export class Database extends pulumi.ComponentResource {
  /** Names of the roles that stand. */
  readonly roles: pulumi.Output<string[]>;

  constructor(name: string, wish: DatabaseWish, options?: pulumi.ComponentResourceOptions) {
    super("sallyport:sql:Database", name, {}, options);
    const provider = new postgresql.Provider(
      name,
      {
        sslmode: "disable", // the loopback side of our own proxy, which does verified TLS
        superuser: false,
        connectTimeout: 30,
        // The pool's cap counts per connection string; small values open fewer connections through the tunnel.
        maxConnections: 2,
        expectedVersion: `${wish.major}.0.0`,
      },
      { parent: this },
    );
    const inside = { parent: this, provider };
    const roles = new Map<string, postgresql.Role>();
    // By the resource where there is one: what hangs on a role is made after it and goes before it.
    const named = (name: string): pulumi.Input<string> => roles.get(name)?.name ?? name;
    for (const planned of rolePlan(wish)) roles.set(planned.name, role(planned, named, inside));
    const { grants, defaults } = grantPlan(wish);
    // Default privileges first, so that nothing that is made in between is missed.
    const toCome = defaults.map((planned) => defaultPrivileges(planned, named(planned.role), inside));
    for (const planned of grants) grant(planned, named(planned.role), { ...inside, dependsOn: toCome });
    this.roles = pulumi.all([...roles.values()].map((each) => each.name));
    this.registerOutputs({ roles: this.roles });
  }
}

/** A role is told by its name: another name is another role, and whatever hangs on the old one goes first. */
function role(
  planned: PlannedRole,
  named: (name: string) => pulumi.Input<string>,
  options: pulumi.CustomResourceOptions,
): postgresql.Role {
  const { name, login, memberOf, connectionLimit } = planned;
  return new postgresql.Role(
    name,
    { name, login, roles: memberOf.map(named), connectionLimit },
    { ...options, deleteBeforeReplace: true, replaceOnChanges: ["name"] },
  );
}

/** Grants are told by their content: made before the old one is deleted, they would be revoked with it. */
function grant(planned: PlannedGrant, to: pulumi.Input<string>, options: pulumi.CustomResourceOptions): void {
  const { key, database, schema, objectType, privileges } = planned;
  const on = schema === undefined ? {} : { schema };
  new postgresql.Grant(
    key,
    { role: to, database, ...on, objectType, privileges: [...privileges] },
    { ...options, deleteBeforeReplace: true },
  );
}

function defaultPrivileges(
  planned: PlannedDefault,
  to: pulumi.Input<string>,
  options: pulumi.CustomResourceOptions,
): postgresql.DefaultPrivileges {
  const { key, owner, database, schema, objectType, privileges } = planned;
  return new postgresql.DefaultPrivileges(
    key,
    { role: to, owner, database, schema, objectType, privileges: [...privileges] },
    { ...options, deleteBeforeReplace: true },
  );
}
