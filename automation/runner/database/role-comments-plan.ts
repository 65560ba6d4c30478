import type { WantedRoles } from "../../../infra/contract/wanted-roles";
import { roleNamed, type Catalog } from "./catalog";
import { markedRoles } from "./marked-roles";
import { roleComment } from "./role-comment";
import { identifier, literal } from "./sql-text";

/** Comments that are missing (pure): they tell whose a role is, and the postgresql provider knows no comments. */
export function roleComments(wanted: Pick<WantedRoles, "privilegeRoles" | "logins">, found: Catalog): string[] {
  return markedRoles(wanted)
    .filter(({ name }) => {
      const role = roleNamed(found, name);
      return role !== undefined && role.comment === undefined;
    })
    .map(({ name, mark }) => `COMMENT ON ROLE ${identifier(name)} IS ${literal(roleComment(mark))}`);
}
