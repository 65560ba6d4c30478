import assert from "node:assert/strict";
import { configured } from "../../../../../../automation/sandbox/provider/postgresql/role-read";

describe("settings of a role, as the catalogs have them", () => {
  it("nothing set", () =>
    assert.deepEqual(configured([]), {
      searchPaths: [],
      statementTimeout: 0,
      idleInTransactionSessionTimeout: 0,
      assumeRole: "",
    }));

  it("all of it, and what is not ours left out", () =>
    assert.deepEqual(
      configured([
        'search_path="$user", public, "a""b"',
        "statement_timeout=5",
        "idle_in_transaction_session_timeout=7",
        "role=g",
        "work_mem=1MB",
      ]),
      {
        searchPaths: ["$user", "public", 'a"b'],
        statementTimeout: 5,
        idleInTransactionSessionTimeout: 7,
        assumeRole: "g",
      },
    ));
});
