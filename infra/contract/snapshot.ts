import { z } from "zod";
import { pathText, resultOf, type Problem, type Result } from "./result";
import { closed, problemsOf } from "./schema";
import { plainSource } from "./yaml-source";

/** The directory's people and groups as read at one moment; a plain value, sorted, so that two of them can be compared. */
export interface Snapshot {
  /** ISO moment of the reading. */
  readonly takenAt?: string;
  /** Sorted by userName. */
  readonly users: readonly { readonly userId: string; readonly userName: string }[];
  /** Sorted by displayName; members are user ids, sorted. */
  readonly groups: readonly {
    readonly groupId: string;
    readonly displayName: string;
    readonly members: readonly string[];
  }[];
}

const id = z.string({ error: "an id of the directory" }).min(1, { error: "an id of the directory" });
const name = z.string({ error: "a name of the directory" }).min(1, { error: "a name of the directory" });

const schema = closed(
  {
    takenAt: z.iso.datetime({ error: "an ISO moment" }).optional(),
    users: z.array(closed({ userId: id, userName: name }, "an object with userId and userName"), {
      error: "a list of users",
    }),
    groups: z.array(
      closed(
        { groupId: id, displayName: name, members: z.array(id, { error: "a list of user ids" }) },
        "an object with groupId, displayName and members",
      ),
      { error: "a list of groups" },
    ),
  },
  "an object with users and groups",
);

/** Checks a value that came from a file or a reader, and sorts it. A member who is no user, and ids or names twice, are problems. */
export function parseSnapshot(raw: unknown): Result<Snapshot> {
  const parsed = schema.safeParse(raw);
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error.issues, plainSource(raw)) };
  const { takenAt, users, groups } = parsed.data;
  return resultOf(consistencyProblems({ users, groups }), () => ({
    ...(takenAt === undefined ? {} : { takenAt }),
    ...sorted({ users, groups }),
  }));
}

function sorted(snapshot: Snapshot): Snapshot {
  return {
    users: [...snapshot.users].sort((a, b) => compare(a.userName, b.userName)),
    groups: [...snapshot.groups]
      .sort((a, b) => compare(a.displayName, b.displayName))
      .map((group) => ({ ...group, members: [...new Set(group.members)].sort(compare) })),
  };
}

function consistencyProblems(snapshot: Snapshot): Problem[] {
  const ids = new Set(snapshot.users.map((user) => user.userId));
  const strangers = snapshot.groups.flatMap((group, index) =>
    group.members.flatMap((member, position): Problem[] =>
      ids.has(member)
        ? []
        : [
            {
              path: pathText(["groups", index, "members", position]),
              seen: JSON.stringify(member),
              expected: "the id of a user of the snapshot",
            },
          ],
    ),
  );
  return [
    ...twice(
      snapshot.users.map((user) => user.userId),
      "users",
      "userId",
    ),
    ...twice(
      snapshot.users.map((user) => user.userName),
      "users",
      "userName",
    ),
    ...twice(
      snapshot.groups.map((group) => group.groupId),
      "groups",
      "groupId",
    ),
    ...twice(
      snapshot.groups.map((group) => group.displayName),
      "groups",
      "displayName",
    ),
    ...strangers,
  ];
}

function twice(values: readonly string[], list: string, key: string): Problem[] {
  return values.flatMap((value, index): Problem[] =>
    values.indexOf(value) === index
      ? []
      : [{ path: pathText([list, index, key]), seen: JSON.stringify(value), expected: "each only once" }],
  );
}

/** By UTF-16 code units: the same on every machine, unlike localeCompare. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
