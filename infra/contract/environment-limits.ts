import type { AccessFile } from "./access-file";
import { SAMPLE_RESOURCE_ID } from "./cluster-facts";
import { encodeDescriptor } from "./descriptor";
import { descriptorOf } from "./descriptor-content";
import { documentHash } from "./document-hash";
import type { EnvironmentRole } from "./environment-access";
import type { Environment } from "./environment-config";
import { clusterIdentifier, sessionDocumentName } from "./names";
import { permissionSetPolicy } from "./permission-set-policy";
import { policySizeProblems, policyText } from "./policy-document";
import { pathText, type Problem } from "./result";
import { roleEnds } from "./role-end";

/** Any account number: all are equally long. */
const SAMPLE_ACCOUNT = "000000000000";

/**
 * Measures policies and descriptor before anything exists, with ids as long as real ones: AWS would refuse them only after half
 * of the environment stands.
 */
export function environmentLimitProblems(
  access: AccessFile,
  environment: Environment,
  roles: readonly EnvironmentRole[],
): Problem[] {
  const common = {
    estate: access.estate,
    env: environment.name,
    account: SAMPLE_ACCOUNT,
    region: environment.config.region,
  };
  const clusters = Object.keys(environment.config.clusters);
  const policies = roles.flatMap((role) => {
    const covered = clusters.filter((cluster) => role.databases.some((database) => database.cluster === cluster));
    const policy = permissionSetPolicy({
      ...common,
      identityRegion: access.identity.region,
      attributeKey: access.identity.attributeKey,
      role,
      clusters: covered.map((name) => ({
        name,
        identifier: clusterIdentifier(access.estate, environment.name, name),
        resourceId: SAMPLE_RESOURCE_ID,
      })),
      ends: roleEnds(role.principals),
    });
    return policySizeProblems(pathText(["roles", role.name]), policyText(policy));
  });
  const documents = clusters.flatMap((name) =>
    (["writer", "reader"] as const).map((endpoint) =>
      sessionDocumentName(access.estate, environment.name, name, endpoint),
    ),
  );
  const descriptor = encodeDescriptor(
    descriptorOf({
      ...common,
      clusters: clusters.map((name) => ({
        name,
        resourceId: SAMPLE_RESOURCE_ID,
        port: 65_535,
        databases: Object.keys(environment.config.clusters[name]?.databases ?? {}),
      })),
      roles,
      documentHashes: Object.fromEntries(documents.map((name) => [name, documentHash(name)])),
    }),
  );
  return [...policies, ...(descriptor.ok ? [] : descriptor.problems)];
}
