import { z } from "zod";
import { resultOf, type Result } from "./result";
import { closed, problemsOf } from "./schema";
import type { WantedRoles } from "./wanted-roles";
import { plainSource } from "./yaml-source";

const string = z.string({ error: "a text" });
const list = z.array(string, { error: "a list of texts" });

const schema = closed(
  {
    v: z.literal(1, { error: "version 1" }),
    cluster: string,
    /** PostgreSQL's major version. */
    major: z.int({ error: "a major version" }),
    databases: z.array(closed({ name: string, owner: string, schemas: list }, "an object")),
    privilegeRoles: z.array(
      closed({ name: string, database: string, preset: z.enum(["readonly", "readwrite"]) }, "an object"),
    ),
    logins: z.array(closed({ name: string, userId: string, memberOf: list }, "an object")),
  },
  "an object",
);

/** What one cluster should hold: what the runner hands to the database stack, as a file of its private folder. */
export type DatabaseWish = z.infer<typeof schema>;

/** The wish for one cluster. `version` as in the configuration: "16" or "16.4". */
export function databaseWish(cluster: string, version: string, wanted: WantedRoles): DatabaseWish {
  const { databases, privilegeRoles, logins } = wanted;
  return {
    v: 1,
    cluster,
    major: Number.parseInt(version, 10),
    databases: databases.map((database) => ({ ...database, schemas: [...database.schemas] })),
    privilegeRoles: [...privilegeRoles],
    logins: logins.map((login) => ({ ...login, memberOf: [...login.memberOf] })),
  };
}

/** Reads the file's text. */
export function parseDatabaseWish(text: string): Result<DatabaseWish> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, problems: [{ path: "the file", seen: `${text.length} characters`, expected: "JSON" }] };
  }
  const parsed = schema.safeParse(value);
  const problems = parsed.success ? [] : problemsOf(parsed.error.issues, plainSource(value), []);
  return resultOf(problems, () => parsed.data as DatabaseWish);
}
