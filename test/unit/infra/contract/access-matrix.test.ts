import assert from "node:assert/strict";
import fc from "fast-check";
import { accessMatrix, type AccessMatrix } from "../../../../infra/contract/access-matrix";
import type { Snapshot } from "../../../../infra/contract/snapshot";
import { accessOf, dev, problemLines, valueOf } from "./sample";

const USERS = ["ann@example.com", "Bob@example.com", "jane@example.com"].map((userName, index) => ({
  userId: `u-${index}`,
  userName,
}));
const SNAPSHOT: Snapshot = {
  users: USERS,
  groups: [
    { groupId: "g-1", displayName: "Analysts", members: ["u-0", "u-2"] },
    { groupId: "g-2", displayName: "Engineers", members: ["u-1"] },
  ],
};
const ROLES =
  '{ readonly: { on: { "app/*": readonly } }, developer: { on: { app/app: readwrite } }, admin: { on: { "*/*": owner } } }';

function matrixOf(access: string, snapshot = SNAPSHOT): AccessMatrix {
  return valueOf(accessMatrix(accessOf(ROLES, access), snapshot, dev()));
}

/** `login: privilegeRole[ until]` lines. */
function lines(matrix: AccessMatrix): string[] {
  return matrix.logins.flatMap(({ loginName, grants }) =>
    grants.map(
      (grant) => `${loginName}: ${grant.privilegeRole}${grant.until === undefined ? "" : ` until ${grant.until}`}`,
    ),
  );
}

describe("access matrix", () => {
  it("gives each person the privilege roles of the committed file", () => {
    assert.deepEqual(valueOf(accessMatrix(accessOf(), SNAPSHOT, dev())), {
      estate: "payments",
      environment: "dev",
      logins: [
        {
          loginName: "Bob@example.com",
          person: { userName: "Bob@example.com", userId: "u-1" },
          grants: [
            {
              role: "developer",
              cluster: "app",
              database: "app",
              preset: "readwrite",
              privilegeRole: "sallyport_app_readwrite",
            },
          ],
        },
        {
          loginName: "ann@example.com",
          person: { userName: "ann@example.com", userId: "u-0" },
          grants: [
            {
              role: "readonly",
              cluster: "app",
              database: "app",
              preset: "readonly",
              privilegeRole: "sallyport_app_readonly",
            },
          ],
        },
        {
          loginName: "jane@example.com",
          person: { userName: "jane@example.com", userId: "u-2" },
          grants: [
            {
              role: "readonly",
              cluster: "app",
              database: "app",
              preset: "readonly",
              privilegeRole: "sallyport_app_readonly",
            },
          ],
        },
        {
          loginName: "jane@example.com--admin",
          person: { userName: "jane@example.com", userId: "u-2" },
          grants: [{ role: "admin", cluster: "app", database: "app", preset: "owner", privilegeRole: "app_owner" }],
        },
      ],
    });
  });

  it("leaves out roles that are not for the environment", () => {
    const access = accessOf('{ r: { on: { "*/*": readonly }, in: [prod] } }', "[{ group: Analysts, roles: [r] }]");
    assert.deepEqual(valueOf(accessMatrix(access, SNAPSHOT, dev())).logins, []);
  });

  it("collects the roles of one person under one login", () => {
    const matrix = matrixOf("[{ person: ann@example.com, roles: [readonly, developer] }]");
    assert.deepEqual(lines(matrix), [
      "ann@example.com: sallyport_app_readwrite",
      "ann@example.com: sallyport_app_readonly",
    ]);
    assert.equal(matrix.logins.length, 1);
  });

  it("lets a person's own end win over the group, and the longest group over the others", () => {
    const own = matrixOf(
      '[{ group: Analysts, roles: [readonly] }, { person: ann@example.com, roles: [readonly], until: "2027-01-31T00:00:00Z" }]',
    );
    assert.deepEqual(lines(own), [
      "ann@example.com: sallyport_app_readonly until 2027-01-31T00:00:00Z",
      "jane@example.com: sallyport_app_readonly",
    ]);
  });

  it("names people and groups that the directory does not have, all at once, with a guess", () => {
    const access = accessOf(
      ROLES,
      "[{ person: anne@example.com, roles: [readonly, admin] }, { group: analysts, roles: [readonly] }]",
    );
    assert.deepEqual(problemLines(accessMatrix(access, SNAPSHOT, dev())), [
      'access[0].person | "anne@example.com" | a user name of the directory; did you mean "ann@example.com"?',
      'access[1].group | "analysts" | a group of the directory; did you mean "Analysts"?',
    ]);
  });

  it("refuses members whose names PostgreSQL would refuse, with the arithmetic", () => {
    const long = `${"é".repeat(31)}ab`;
    const users = [
      { userId: "u-1", userName: long },
      { userId: "u-2", userName: "rdsadmin" },
      { userId: "u-3", userName: "a b" },
    ];
    const snapshot = { users, groups: [{ groupId: "g", displayName: "Analysts", members: ["u-1", "u-2", "u-3"] }] };
    const access = accessOf(ROLES, "[{ group: Analysts, roles: [readonly] }]");
    assert.deepEqual(problemLines(accessMatrix(access, snapshot, dev())), [
      `access[0].group | "${long}" | a login name of at most 63 bytes, but "${long}" has 64: 1 too many`,
      'access[0].group | "rdsadmin" | a name that does not begin with "rds" (kept by the database)',
      'access[0].group | "a b" | a login name without spaces, control characters and *, ?, $, /, "',
    ]);
  });

  it("refuses a login that two people would share", () => {
    const users = [
      { userId: "u-1", userName: "jane" },
      { userId: "u-2", userName: "jane--admin" },
    ];
    const access = accessOf(ROLES, "[{ person: jane, roles: [admin] }, { person: jane--admin, roles: [readonly] }]");
    assert.deepEqual(problemLines(accessMatrix(access, { users, groups: [] }, dev())), [
      'access[0].person | "jane" | a login of its own, but "jane--admin" would have "jane--admin" too',
    ]);
  });

  it("depends on the snapshot's content, not on its order", () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(names, fc.nat(), (userNames, pick) => {
        const users = userNames.map((userName, index) => ({ userId: `u${index}`, userName }));
        const members = users.filter((_, index) => (pick >> index) % 2 === 1).map(({ userId }) => userId);
        const group = (list: string[]) => [{ groupId: "g", displayName: "Analysts", members: list }];
        const access = "[{ group: Analysts, roles: [readonly, developer] }]";
        const matrix = matrixOf(access, { users, groups: group(members) });
        assert.deepEqual(
          matrix,
          matrixOf(access, { users: [...users].reverse(), groups: group([...members].reverse()) }),
        );
        assert.equal(matrix.logins.length, members.length);
      }),
    );
  });
});
