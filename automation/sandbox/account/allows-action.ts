import type { Estate, Json, Principal, Props } from "./estate";
import { plainText } from "./plain-text";

/** Decides whether a principal may call an API, e.g. `ec2:CreateVpc`. Injected: the account's evaluator, or `allowsAction`. */
export type Authorize = (principal: Principal, action: string) => boolean;

/**
 * The provider's own coarse decision where no evaluator is given: actions of the inline policies alone, Deny first, resources and
 * conditions not looked at (so it can only be used for runners, whose policies have none). Nobody else gets anything.
 */
export function allowsAction(estate: Estate, principal: Principal, action: string): boolean {
  const { source } = principal;
  if (source.kind === "administrator") return true;
  if (source.kind !== "role") return false;
  const statements = estate
    .list("aws:iam/rolePolicy:RolePolicy", principal.account)
    .filter((policy) => policy.props.role === source.roleName)
    .flatMap((policy) => statementsOf(plainText(policy.props.policy)));
  const matching = statements.filter((statement) =>
    listOf(statement.Action).some((pattern) => matches(pattern, action)),
  );
  return !matching.some(({ Effect }) => Effect === "Deny") && matching.some(({ Effect }) => Effect === "Allow");
}

/** Statements of a policy text. */
export function statementsOf(policy: string): Props[] {
  const { Statement } = JSON.parse(policy) as { Statement?: Json };
  const list = Array.isArray(Statement) ? Statement : [Statement ?? null];
  return list.filter((item): item is Props => typeof item === "object" && item !== null && !Array.isArray(item));
}

/** A text or a list of texts as a list. */
export function listOf(value: Json | undefined): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((item): item is string => typeof item === "string");
}

function matches(pattern: string, action: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`, "i").test(action);
}
