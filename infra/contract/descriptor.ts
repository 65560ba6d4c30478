import { z } from "zod";
import {
  ACCOUNT,
  byteLength,
  HYPHEN_NAME,
  HYPHEN_NAME_TEXT,
  PLAIN_NAME,
  PLAIN_NAME_TEXT,
  REGION,
  SQL_NAME,
  SQL_NAME_TEXT,
} from "./grammar";
import { DOOR_TAG_KEY, doorTagValue, permissionSetName, sessionDocumentName } from "./names";
import { pathText, resultOf, type Problem, type Result } from "./result";
import { closed, named, problemsOf, text } from "./schema";
import { plainSource } from "./yaml-source";

/** Version of the descriptor that this product writes and reads. */
export const DESCRIPTOR_VERSION = 1;
/** A String parameter of the standard tier holds this many characters (Systems Manager quotas). */
export const DESCRIPTOR_LIMIT = 4096;

const documentName = text(/^[A-Za-z0-9_.-]{3,128}$/, "the name of a session document");

const clusterSchema = closed(
  {
    resourceId: text(/^cluster-[A-Z0-9]{1,64}$/, "a cluster resource id (cluster-…)"),
    engine: z.literal("aurora-postgresql", { error: "aurora-postgresql" }),
    port: z.int({ error: "a port" }).min(1, { error: "a port" }).max(65_535, { error: "a port" }),
    documents: closed({ writer: documentName, reader: documentName }, "an object with writer and reader"),
    databases: z.array(text(SQL_NAME, SQL_NAME_TEXT), { error: "a list of databases" }),
  },
  "an object with resourceId, engine, port, documents and databases",
);

const roleSchema = closed(
  {
    set: text(/^[\w+=,.@-]{1,32}$/, "the name of a permission set"),
    login: z.enum(["self", "separate"], { error: "one of self, separate" }),
  },
  "an object with set and login",
);

const schema = closed(
  {
    v: z.literal(DESCRIPTOR_VERSION, {
      error: `version ${DESCRIPTOR_VERSION}: another version of sallyport wrote this`,
    }),
    estate: text(PLAIN_NAME, PLAIN_NAME_TEXT),
    env: text(PLAIN_NAME, PLAIN_NAME_TEXT),
    account: text(ACCOUNT, "12 digits"),
    region: text(REGION, "a region"),
    target: closed({ tag: z.record(z.string(), z.string(), { error: "an object" }) }, "an object with tag"),
    clusters: named((key) => HYPHEN_NAME.test(key), HYPHEN_NAME_TEXT, clusterSchema, "an object of clusters"),
    roles: named((key) => HYPHEN_NAME.test(key), HYPHEN_NAME_TEXT, roleSchema, "an object of roles", 0),
    documentHashes: z.record(z.string(), text(/^[0-9a-f]{64}$/, "a SHA-256 in hexadecimal"), {
      error: "an object of hashes",
    }),
  },
  "a descriptor",
);

/** The small public record by which a client finds a door. It says where a door is, never where to connect. */
export type Descriptor = z.infer<typeof schema>;

/** The descriptor as the parameter holds it; one that does not fit is refused with the arithmetic. */
export function encodeDescriptor(descriptor: Descriptor): Result<string> {
  const value = JSON.stringify(descriptor);
  const size = byteLength(value);
  const sum = `it has ${size}, ${size - DESCRIPTOR_LIMIT} too many: use fewer clusters, databases or roles in one environment`;
  const problem = { path: "descriptor", seen: `${size} bytes`, expected: `at most ${DESCRIPTOR_LIMIT} bytes: ${sum}` };
  return resultOf(size > DESCRIPTOR_LIMIT ? [problem] : [], () => value);
}

/**
 * Reads a descriptor. Unknown fields are refused (they may change what the known ones mean), and so are a tag, set or document
 * name that do not follow from its own estate and environment.
 */
export function decodeDescriptor(value: string): Result<Descriptor> {
  let raw: unknown;
  try {
    raw = JSON.parse(value);
  } catch {
    return { ok: false, problems: [{ path: "descriptor", seen: "text that is not JSON", expected: "a descriptor" }] };
  }
  const parsed = schema.safeParse(raw);
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error.issues, plainSource(raw)) };
  const descriptor = parsed.data;
  return resultOf(consistencyProblems(descriptor), () => descriptor);
}

function consistencyProblems({ estate, env, target, clusters, roles, documentHashes }: Descriptor): Problem[] {
  const problems: Problem[] = [];
  const expect = (path: readonly PropertyKey[], seen: unknown, expected: unknown): void => {
    const [left, right] = [JSON.stringify(seen), JSON.stringify(expected)];
    if (left !== right) problems.push({ path: pathText(path), seen: left ?? "nothing", expected: right ?? "nothing" });
  };
  expect(["target", "tag"], target.tag, { [DOOR_TAG_KEY]: doorTagValue(estate, env) });
  for (const [name, { documents }] of Object.entries(clusters)) {
    for (const endpoint of ["writer", "reader"] as const) {
      const document = documents[endpoint];
      expect(["clusters", name, "documents", endpoint], document, sessionDocumentName(estate, env, name, endpoint));
      if (!Object.hasOwn(documentHashes, document)) {
        problems.push({
          path: pathText(["documentHashes", document]),
          seen: "nothing",
          expected: "a SHA-256 in hexadecimal",
        });
      }
    }
  }
  for (const [name, { set }] of Object.entries(roles))
    expect(["roles", name, "set"], set, permissionSetName(estate, env, name));
  return problems;
}
