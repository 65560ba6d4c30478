import assert from "node:assert/strict";
import fc from "fast-check";
import { parseAccessFile } from "../../../../infra/contract/access-file";
import { ACCESS_TEXT, accessHead, accessOf, problemLines, valueOf } from "./sample";

describe("access.yaml", () => {
  it("reads the committed file", () => {
    const access = valueOf(parseAccessFile(ACCESS_TEXT, { environments: ["dev", "staging"] }));
    assert.deepEqual(access.identity, {
      startUrl: "https://sallyport-sandbox.awsapps.com/start",
      region: "eu-west-1",
      account: "000000000001",
      assumeRole: "sallyport-identity",
      attributeKey: "dbuser",
    });
    assert.deepEqual(access.roles["developer"], {
      on: { "app/app": "readwrite" },
      in: ["dev", "staging"],
      sessionSeconds: 14_400,
      login: "self",
    });
    assert.deepEqual(access.access[2], { person: "jane@example.com", roles: ["admin"] });
  });

  it("makes a role that owns something a separate login unless the file says otherwise", () => {
    const access = accessOf(
      '{ a: { on: { "*/*": owner } }, b: { on: { "*/*": owner }, login: self }, c: { on: { "*/*": readonly } } }',
    );
    assert.deepEqual(
      Object.values(access.roles).map((role) => role.login),
      ["separate", "self", "self"],
    );
  });

  it("tells every problem at once, of the shape and between the parts", () => {
    const text = `
estate: Pay-x
identty: {}
identity: { startUrl: "http://x", region: eu, account: "1", attribute: { key: dbuser, source: x } }
roles:
  readonly: { on: { "app/*": raedonly, app: readonly }, sesion: 4h, session: 13h }
access:
  - { group: X, person: y, roles: [redonly] }
  - { roles: [] }
`;
    assert.deepEqual(problemLines(parseAccessFile(text)), [
      'estate | "Pay-x" | a name of lower-case letters and digits that begins with a letter (no hyphen)',
      'identity.startUrl | "http://x" | an https URL, for example https://d-1234567890.awsapps.com/start',
      'identity.region | "eu" | the region of Identity Center, for example eu-west-1',
      'identity.account | "1" | the 12 digits of an account number in quotes, for example "111122223333"',
      'identity.attribute.source | "x" | ${path:userName}',
      'roles.readonly.on["app/*"] | "raedonly" | one of readonly, readwrite, owner',
      'roles.readonly.on.app | the key "app" | cluster/database, each a name or *',
      'roles.readonly.session | "13h" | a time from 1h to 12h, for example 4h',
      'roles.readonly.sesion | an unknown key | the key "session": did you mean that?',
      "access[1].roles | [] | at least one role",
      'identty | an unknown key | the key "identity": did you mean that?',
      "access[0] | both person and group | exactly one of person, group",
      'access[0].roles[0] | "redonly" | one of readonly; did you mean "readonly"?',
      "access[1] | neither person nor group | exactly one of person, group",
    ]);
  });

  it("refuses an account number without quotes and shows it as it was written", () => {
    const text = ACCESS_TEXT.replace('"000000000001"', "000000000001");
    assert.deepEqual(problemLines(parseAccessFile(text)), [
      'identity.account | 000000000001 | the 12 digits of an account number in quotes, for example "111122223333"',
    ]);
  });

  it("refuses a date without quotes", () => {
    const text = `${accessHead()}\nroles: { r: { on: { "*/*": readonly } } }\naccess: [{ group: G, roles: [r], until: 2027-01-31T00:00:00Z }]`;
    assert.deepEqual(problemLines(parseAccessFile(text)), [
      "access[0].until | 2027-01-31T00:00:00Z without quotes | the same in quotes",
    ]);
  });

  const cases: readonly (readonly [string, string, string, string])[] = [
    ["manage", "  manage: all", "  manage: nothing", 'identity.manage | "nothing" | not supported yet: write all'],
    [
      "policies",
      "policies: inline",
      "policies: customerManaged",
      'identity.policies | "customerManaged" | not supported yet: write inline',
    ],
    ["mode", "mode: attribute", "mode: perUser", 'identity.mode | "perUser" | not supported yet: write attribute'],
    [
      "owner",
      "owner: external",
      "owner: sallyport",
      'identity.attribute.owner | "sallyport" | not supported yet: write external',
    ],
    [
      "membership",
      "membership: directory",
      "membership: listed",
      'identity.membership | "listed" | not supported yet: write directory',
    ],
    ["runner", "access:\n", "runner: {}\naccess:\n", "runner | {} | not supported yet: leave it out"],
    [
      "service",
      "{ group: Analysts,",
      "{ service: s,",
      'access[0].service | "s" | not supported yet: only person and group may stand here',
    ],
    ["alarm", "session: 1h }", "alarm: true }", "roles.admin.alarm | true | not supported yet: leave it out"],
    [
      "reason",
      "session: 1h }",
      "reason: required }",
      'roles.admin.reason | "required" | not supported yet: leave it out',
    ],
    [
      "privileges of a schema",
      "{ app/app: readwrite }",
      "{ app/app: { public: [select] } }",
      'roles.developer.on["app/app"] | {"public":["select"]} | not supported yet: write readonly, readwrite, owner',
    ],
  ];
  for (const [what, from, to, problem] of cases) {
    it(`refuses what is documented but not supported yet: ${what}`, () => {
      const text = ACCESS_TEXT.replace(from, to);
      assert.notEqual(text, ACCESS_TEXT);
      assert.deepEqual(problemLines(parseAccessFile(text)), [problem]);
    });
  }

  it("compares environments with those that exist, where the caller knows them", () => {
    assert.deepEqual(problemLines(parseAccessFile(ACCESS_TEXT, { environments: ["dev", "stagin"] })), [
      'roles.developer.in[1] | "staging" | one of dev, stagin; did you mean "stagin"?',
    ]);
  });

  it("refuses a role twice for one principal", () => {
    const text = `${accessHead()}\nroles: { r: { on: { "*/*": readonly } } }\naccess: [{ group: G, roles: [r] }, { group: G, roles: [r] }]`;
    assert.deepEqual(problemLines(parseAccessFile(text)), [
      'access[1].roles[0] | "r" | each role once for a principal (first at access[0].roles[0])',
    ]);
  });

  it("refuses a login name over 63 bytes with the arithmetic, counting the role's suffix", () => {
    const person = "x".repeat(57);
    const text = `${accessHead()}\nroles: { admin: { on: { "*/*": owner } } }\naccess: [{ person: ${person}, roles: [admin] }]`;
    assert.deepEqual(problemLines(parseAccessFile(text)), [
      `access[0].person | "${person}" | a login name of at most 63 bytes, but "${person}--admin" has 64: 1 too many`,
    ]);
  });

  it("tells the line of a syntax error and of a key twice", () => {
    assert.deepEqual(problemLines(parseAccessFile("estate: a\nestate: b\n")), [
      'line 2 | "estate: b" | valid YAML (Map keys must be unique)',
    ]);
  });

  it("never throws, whatever the text", () => {
    const word = fc.constantFrom(
      "estate",
      "identity",
      "roles",
      "access",
      "person",
      ":",
      " ",
      "\n",
      "- ",
      "{",
      "}",
      "[",
      "]",
      "1",
      '"',
      "&a",
      "*a",
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        const result = parseAccessFile(words.join(""));
        assert.ok(result.ok || result.problems.length > 0);
      }),
    );
  });
});
