import assert from "node:assert/strict";
import { DatabaseError } from "pg";
import { connectFailure, pqText } from "../../../../../../automation/sandbox/provider/postgresql/failures";

const coded = (code: string): Error => Object.assign(new Error("connect"), { code });
const REMOTE = "db.test:5432";

describe("failures in the words of the provider's driver", () => {
  const cases: [string, Error, string, string][] = [
    ["a closed port", coded("ECONNREFUSED"), "", "dial tcp db.test:5432: connect: connection refused"],
    ["an unknown host", coded("ENOTFOUND"), "", "dial tcp: lookup db.test: no such host"],
    ["a host that does not answer", new Error("timeout expired"), "", "dial tcp db.test:5432: i/o timeout"],
    [
      "a server that is silent",
      new Error("timeout expired"),
      "127.0.0.1:9",
      "read tcp 127.0.0.1:9->db.test:5432: i/o timeout",
    ],
    ["a hang-up", new Error("Connection terminated unexpectedly"), "127.0.0.1:9", "EOF"],
    ["PostgreSQL's refusal", new DatabaseError("no pg_hba.conf entry", 1, "error"), "", "pq: no pg_hba.conf entry"],
    ["anything else", new Error("as it is"), "", "as it is"],
  ];
  for (const [title, error, local, text] of cases)
    it(title, () => assert.equal(connectFailure(error, REMOTE, local), text));

  it("only PostgreSQL's own words are marked as such", () =>
    assert.deepEqual([pqText(new DatabaseError("no", 1, "error")), pqText("other")], ["pq: no", "other"]));
});
