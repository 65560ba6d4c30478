import assert from "node:assert/strict";
import fc from "fast-check";
import { upstreamParameters } from "../../../../automation/proxy/upstream-startup";

const UPSTREAM = { user: "jane@example.com", database: "app" };
type Pairs = readonly (readonly [string, string])[];

const sent = (asked: Pairs, upstream: Parameters<typeof upstreamParameters>[1] = UPSTREAM): Pairs =>
  upstreamParameters(
    asked.map(([name, value]) => ({ name, value: Buffer.from(value) })),
    upstream,
  ).map(({ name, value }) => [name, value.toString()] as const);

describe("parameters for the database", () => {
  const suffixed = { ...UPSTREAM, applicationName: "sallyport developer" };
  const TABLE: readonly (readonly [string, Pairs, typeof UPSTREAM & { applicationName?: string }, Pairs])[] = [
    [
      "user is ours, database the client's, others as they came",
      [
        ["user", "x"],
        ["database", "shop"],
        ["application_name", "psql"],
        ["options", "-c geqo=off"],
        ["replication", "database"],
      ],
      UPSTREAM,
      [
        ["user", "jane@example.com"],
        ["database", "shop"],
        ["application_name", "psql"],
        ["options", "-c geqo=off"],
        ["replication", "database"],
      ],
    ],
    [
      "a client without database gets the usual one",
      [["user", "x"]],
      UPSTREAM,
      [
        ["user", UPSTREAM.user],
        ["database", "app"],
      ],
    ],
    [
      "an empty database is none",
      [["database", ""]],
      UPSTREAM,
      [
        ["user", UPSTREAM.user],
        ["database", "app"],
      ],
    ],
    [
      "a user that comes twice does not pass",
      [
        ["user", UPSTREAM.user],
        ["user", "root"],
        ["database", "a"],
        ["database", "b"],
      ],
      UPSTREAM,
      [
        ["user", UPSTREAM.user],
        ["database", "b"],
      ],
    ],
    [
      "the application's name gets the suffix",
      [["application_name", "psql"]],
      suffixed,
      [
        ["user", UPSTREAM.user],
        ["database", "app"],
        ["application_name", "psql (sallyport developer)"],
      ],
    ],
    [
      "an application without name is called by the suffix",
      [],
      suffixed,
      [
        ["user", UPSTREAM.user],
        ["database", "app"],
        ["application_name", "sallyport developer"],
      ],
    ],
  ];
  for (const [what, asked, upstream, expected] of TABLE)
    it(what, () => assert.deepEqual(sent(asked, upstream), expected));

  it("a long name is cut between characters, the suffix stays whole", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 100 }), (own) => {
        const name = sent([["application_name", own]], suffixed).at(-1)?.[1] ?? "";
        assert.ok(name.endsWith(own === "" ? "sallyport developer" : " (sallyport developer)"));
        assert.ok(Buffer.byteLength(name) <= 63);
        assert.ok(own === "" || own.startsWith(name.slice(0, -" (sallyport developer)".length)));
      }),
    );
  });
});
