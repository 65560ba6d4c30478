import type { Json, Props } from "../account/estate";
import { blockOf, blocksOf, textOf, textsOf } from "../network/read-props";

/** The service by which EC2 takes a role for an instance. */
const EC2 = "ec2.amazonaws.com";

/**
 * Whether a role's trust policy lets EC2 take it for an instance. A statement with conditions does not count, as none of them is
 * known for this call (the stricter reading).
 *
 * @param text the `assumeRolePolicy` of the role, JSON
 */
export function trustsInstances(text: string | undefined): boolean {
  const statements = statementsOf(text);
  const about = statements.filter((one) => namesService(one) && namesAction(one));
  const allowed = about.some((one) => one.Effect === "Allow" && one.Condition === undefined);
  return allowed && !about.some((one) => one.Effect === "Deny");
}

function statementsOf(text: string | undefined): Props[] {
  try {
    const document = JSON.parse(text ?? "") as Props;
    return Array.isArray(document.Statement) ? blocksOf(document.Statement) : [blockOf(document.Statement)];
  } catch {
    return [];
  }
}

function namesService(statement: Props): boolean {
  const principal = statement.Principal;
  if (typeof principal !== "object" || principal === null || Array.isArray(principal)) return false;
  return oneOrMore(principal.Service).includes(EC2);
}

function namesAction(statement: Props): boolean {
  return oneOrMore(statement.Action).some((action) => /^(\*|sts:(\*|assumerole\*?))$/i.test(action));
}

function oneOrMore(value: Json | undefined): string[] {
  const single = textOf(value);
  return single === undefined ? textsOf(value) : [single];
}
