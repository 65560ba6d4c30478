import type { Props } from "../../account/estate";
import { inSchema } from "./grant-target";
import { checkWords } from "./privilege-words";
import { set, text } from "./types";

/** Refuses what the provider refuses before its first connection, when a Grant is applied; a preview lets it pass. */
export function checkGrant(inputs: Props): void {
  const kind = text(inputs, "objectType");
  const [objects, columns, privileges] = ["objects", "columns", "privileges"].map((name) => set(inputs, name).length);
  const one =
    "one element must be specified in `objects` when `object_type` is `foreign_data_wrapper` or `foreign_server`";
  const refused: readonly (readonly [boolean, string])[] = [
    [inSchema(kind) && text(inputs, "schema") === "", "parameter 'schema' is mandatory for postgresql_grant resource"],
    [
      objects !== 0 && (kind === "database" || kind === "schema"),
      "cannot specify `objects` when `object_type` is `database` or `schema`",
    ],
    [columns !== 0 && kind !== "column", "cannot specify `columns` when `object_type` is not `column`"],
    [columns === 0 && kind === "column", "must specify `columns` when `object_type` is `column`"],
    [privileges !== 1 && kind === "column", "must specify exactly 1 `privileges` when `object_type` is `column`"],
    [
      objects !== 1 && kind === "column",
      "must specify exactly 1 table in the `objects` field when `object_type` is `column`",
    ],
    [objects !== 1 && kind.startsWith("foreign_"), one],
  ];
  const [found] = refused.filter(([applies]) => applies);
  if (found) throw new Error(found[1]);
  checkWords(inputs);
}
