import type { Resource } from "../rule";
import { isSet } from "../values";
import type { DocumentVerdict } from "./granted";
import { readResourcePolicy, type Statement } from "./iam-document";
import { readOnce } from "./read-once";

const read = readOnce(readResourcePolicy);

/**
 * Calls `decide` for each statement that allows something in a policy on a resource: a role's trust, a key's policy. What cannot
 * be read is reported.
 */
export function eachResourceGrant(
  { props }: Pick<Resource, "props">,
  property: string,
  verdict: DocumentVerdict,
  decide: (statement: Statement, place: string) => void,
): void {
  verdict.part(() => {
    const text = props[property];
    if (!isSet(text)) return;
    const document = read(text);
    if ("problem" in document) return verdict.report(`${property} ${document.problem}`);
    for (const statement of document.statements)
      if (statement.allows) decide(statement, `${property}: ${statement.place}`);
  });
}
