import { CANARY } from "../../../infra/contract/names";
import type { WantedRoles } from "../../../infra/contract/wanted-roles";
import type { RoleMark } from "./role-comment";

/** A role that the database stack makes, and whose it is. */
export interface MarkedRole {
  readonly name: string;
  readonly mark: RoleMark;
}

/** Every role of a cluster that is ours, with the mark that its comment bears. */
export function markedRoles(wanted: Pick<WantedRoles, "privilegeRoles" | "logins">): MarkedRole[] {
  return [
    ...wanted.privilegeRoles.map(({ name }): MarkedRole => ({ name, mark: { kind: "privileges" } })),
    ...wanted.logins.map(({ name, userId }): MarkedRole => ({ name, mark: { kind: "person", userId } })),
    { name: CANARY, mark: { kind: "canary" } },
  ];
}
