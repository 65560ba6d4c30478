import type { Resource, Verdict } from "../rule";
import { elements, isObject, isSet } from "../values";
import { coversAction, type Statement } from "./iam-document";
import { readOnce } from "./read-once";

/** Types that carry a policy document, and the property it stands in. */
const DOCUMENT_PROPERTY: Readonly<Record<string, string>> = {
  "aws:iam/policy:Policy": "policy",
  "aws:iam/rolePolicy:RolePolicy": "policy",
  "aws:iam/userPolicy:UserPolicy": "policy",
  "aws:iam/groupPolicy:GroupPolicy": "policy",
  "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": "inlinePolicy",
};
const ROLE = "aws:iam/role:Role";

/** Every type that `grantsOf` reads. */
export const DOCUMENT_TYPES: readonly string[] = [...Object.keys(DOCUMENT_PROPERTY), ROLE];

const read = readOnce();

/** A rule's verdict on documents: of a resource or of a stack, whichever it is. */
export type DocumentVerdict = Pick<Verdict, "report" | "part">;

/** Calls `decide` for each statement in every document of a resource, with its place. A document that cannot be read is reported. */
export function eachStatement(
  resource: Resource,
  verdict: DocumentVerdict,
  decide: (statement: Statement, place: string) => void,
): void {
  for (const { path, value } of documents(resource)) {
    verdict.part(() => {
      const text = value();
      if (!isSet(text)) return;
      const document = read(text);
      if ("problem" in document) return verdict.report(`${path} ${document.problem}`);
      for (const statement of document.statements) decide(statement, `${path}: ${statement.place}`);
    });
  }
}

/**
 * Calls `decide` for each statement that allows an action, in every document of a resource, with the place of the statement. A
 * document that cannot be read is reported, and NotAction or NotResource too: they allow whatever they do not think of.
 */
export function eachGrant(
  resource: Resource,
  verdict: DocumentVerdict,
  action: string,
  decide: (statement: Statement, place: string) => void,
): void {
  eachStatement(resource, verdict, (statement, place) => {
    if (!statement.allows || !coversAction(statement, action)) return;
    if (statement.actions.inverted) verdict.report(`${place} allows ${action} by NotAction`);
    else if (statement.resources.inverted) verdict.report(`${place} allows ${action} by NotResource`);
    else decide(statement, place);
  });
}

interface PlacedDocument {
  readonly path: string;
  readonly value: () => unknown;
}

function documents({ type, props }: Resource): PlacedDocument[] {
  const property = DOCUMENT_PROPERTY[type];
  if (property !== undefined) return [{ path: property, value: () => props[property] }];
  return elements(props["inlinePolicies"]).map((element, index) => ({
    path: `inlinePolicies[${index}].policy`,
    value: () => {
      const entry = element();
      return isObject(entry) ? entry["policy"] : undefined;
    },
  }));
}
