import type { EnvironmentRole } from "./environment-access";
import { clusterIdentifier, loginName, sessionDocumentName } from "./names";

/** What a permission set may reach, in the words that its policy may use. */
export interface ExpectedReach {
  /** User parts of `dbuser:` ARNs, policy variables as they are written. */
  readonly logins: readonly string[];
  /** Names of clusters as AWS has them: `<estate>-<env>-<cluster>`. */
  readonly clusters: readonly string[];
  /** Session documents. */
  readonly documents: readonly string[];
}

/**
 * What each permission set of an environment may reach, by its name: taken from the access files alone, so that a policy rule can
 * hold the made policies against it.
 *
 * @example
 * expectedReach({ estate: "payments", env: "dev", attributeKey: "dbuser", roles })["sp-payments-dev-admin"]
 * // { logins: ["${aws:PrincipalTag/dbuser}--admin"], clusters: ["payments-dev-app"], documents: ["sp-payments-dev-app-reader", …] }
 */
export function expectedReach(of: {
  readonly estate: string;
  readonly env: string;
  readonly attributeKey: string;
  readonly roles: readonly EnvironmentRole[];
}): Record<string, ExpectedReach> {
  const { estate, env, attributeKey, roles } = of;
  return Object.fromEntries(
    roles.map(({ name, permissionSet, login, databases }) => {
      const clusters = [...new Set(databases.map(({ cluster }) => cluster))].sort();
      const reach: ExpectedReach = {
        logins: [loginName(`\${aws:PrincipalTag/${attributeKey}}`, name, login)],
        clusters: clusters.map((cluster) => clusterIdentifier(estate, env, cluster)),
        documents: clusters.flatMap((cluster) =>
          (["reader", "writer"] as const).map((endpoint) => sessionDocumentName(estate, env, cluster, endpoint)),
        ),
      };
      return [permissionSet, reach];
    }),
  );
}
