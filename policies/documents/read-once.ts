import { readIamDocument, type IamDocument } from "./iam-document";

/** Documents kept: more than a stack has in practice, since rules about the whole stack read all of them again. */
const KEPT = 2_048;

/** A reader that parses each text once, however many rules look at it. Objects are read again: they have no key. */
export function readOnce(
  readDocument: (value: unknown) => IamDocument = readIamDocument,
): (value: unknown) => IamDocument {
  const seen = new Map<string, IamDocument>();
  return (value) => {
    if (typeof value !== "string") return readDocument(value);
    const known = seen.get(value);
    if (known) return known;
    const document = readDocument(value);
    if (seen.size >= KEPT) seen.clear();
    seen.set(value, document);
    return document;
  };
}
