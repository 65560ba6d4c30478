import type { z } from "zod";
import { accessReferenceProblems, loginOf, type AccessContext } from "./access-references";
import { accessSchema, type Preset } from "./access-schema";
import { secondsOf } from "./duration";
import { resultOf, type Result } from "./result";
import { problemsOf } from "./schema";
import { readYaml } from "./yaml-source";

/** Who may reach what: the checked content of `access.yaml`. */
export interface AccessFile {
  /** Prefix of every name in a shared namespace. */
  readonly estate: string;
  readonly identity: Identity;
  readonly roles: Readonly<Record<string, Role>>;
  /** In the order of the file. */
  readonly access: readonly AccessEntry[];
}

/** Where Identity Center lives and how its people become database users. */
export interface Identity {
  readonly startUrl: string;
  readonly region: string;
  readonly account: string;
  /** Role in the identity account for the provider and the directory reader. */
  readonly assumeRole?: string;
  /** Key of the access-control attribute whose value is the user name: `aws:PrincipalTag/<attributeKey>`. */
  readonly attributeKey: string;
}

/** A named bundle of privileges. */
export interface Role {
  /** Preset by `cluster/database` pattern. */
  readonly on: Readonly<Record<string, Preset>>;
  /** Environments; absent: all. */
  readonly in?: readonly string[];
  /** Longest session in seconds, 3600 to 43200. */
  readonly sessionSeconds: number;
  readonly login: "self" | "separate";
}

/** One line of who gets which roles; exactly one of person and group is set. */
export interface AccessEntry {
  /** The directory's user name. */
  readonly person?: string;
  /** The directory's group display name. */
  readonly group?: string;
  readonly roles: readonly string[];
  /** UTC moment at which it ends, e.g. `2027-01-31T00:00:00Z`. */
  readonly until?: string;
}

/** Identity Center's default session duration. */
const DEFAULT_SESSION_SECONDS = 3600;

/**
 * Parses and checks the text of `access.yaml`. All problems at once.
 *
 * @example parseAccessFile("estate: Pay") // problems: estate: seen "Pay"; …, identity: seen nothing; …
 */
export function parseAccessFile(text: string, context: AccessContext = {}): Result<AccessFile> {
  const { source, problems } = readYaml(text);
  if (problems.length > 0) return { ok: false, problems };
  const parsed = accessSchema.safeParse(source.raw);
  const found = [
    ...(parsed.success ? [] : problemsOf(parsed.error.issues, source)),
    ...accessReferenceProblems(source, context),
  ];
  return resultOf(found, () => accessFileOf(parsed.data as z.infer<typeof accessSchema>));
}

function accessFileOf(raw: z.infer<typeof accessSchema>): AccessFile {
  const { identity } = raw;
  return {
    estate: raw.estate,
    identity: {
      startUrl: identity.startUrl,
      region: identity.region,
      account: identity.account,
      ...(identity.assumeRole === undefined ? {} : { assumeRole: identity.assumeRole }),
      attributeKey: identity.attribute.key,
    },
    roles: Object.fromEntries(Object.entries(raw.roles).map(([name, role]) => [name, roleOf(role)])),
    access: raw.access.map((entry) => ({
      ...(entry.person === undefined ? {} : { person: entry.person }),
      ...(entry.group === undefined ? {} : { group: entry.group }),
      roles: entry.roles,
      ...(entry.until === undefined ? {} : { until: entry.until }),
    })),
  };
}

function roleOf(role: z.infer<typeof accessSchema>["roles"][string]): Role {
  return {
    on: role.on,
    ...(role.in === undefined ? {} : { in: role.in }),
    sessionSeconds: (role.session === undefined ? undefined : secondsOf(role.session)) ?? DEFAULT_SESSION_SECONDS,
    login: loginOf(role),
  };
}
