import assert from "node:assert/strict";
import type { Props } from "../../../../../../automation/sandbox/account/estate";
import { checkGrant } from "../../../../../../automation/sandbox/provider/postgresql/grant-rules";

describe("what a Grant is refused for when it is applied", () => {
  const column = { objectType: "column", schema: "s", objects: ["t"], columns: ["c"], privileges: ["SELECT"] };
  const cases: [Props, string][] = [
    [{ objectType: "table", privileges: [] }, "parameter 'schema' is mandatory for postgresql_grant resource"],
    [
      { objectType: "schema", schema: "s", objects: ["t"], privileges: [] },
      "cannot specify `objects` when `object_type` is `database` or `schema`",
    ],
    [
      { objectType: "table", schema: "s", columns: ["c"], privileges: [] },
      "cannot specify `columns` when `object_type` is not `column`",
    ],
    [{ ...column, columns: [] }, "must specify `columns` when `object_type` is `column`"],
    [
      { ...column, privileges: ["SELECT", "UPDATE"] },
      "must specify exactly 1 `privileges` when `object_type` is `column`",
    ],
    [
      { ...column, objects: ["t", "u"] },
      "must specify exactly 1 table in the `objects` field when `object_type` is `column`",
    ],
    [
      { objectType: "foreign_server", privileges: ["USAGE"] },
      "one element must be specified in `objects` when `object_type` is `foreign_data_wrapper` or `foreign_server`",
    ],
    [{ ...column, privileges: ["DELETE"] }, "DELETE is not an allowed privilege for object type column"],
  ];
  for (const [inputs, message] of cases) it(message, () => assert.throws(() => checkGrant(inputs), { message }));

  it("nothing, where all is well", () => {
    checkGrant(column);
    checkGrant({ objectType: "database", privileges: ["CONNECT"] });
    checkGrant({ objectType: "table", schema: "s", objects: ["t", "u"], privileges: [] });
  });
});
