import { readIamDocument, type IamDocument } from "./iam-document";

/** Documents kept; the engine shows one resource to all rules before the next, so few are enough. */
const KEPT = 64;

/** A reader that parses each text once, however many rules look at it. Objects are read again: they have no key. */
export function readOnce(): (value: unknown) => IamDocument {
  const seen = new Map<string, IamDocument>();
  return (value) => {
    if (typeof value !== "string") return readIamDocument(value);
    const known = seen.get(value);
    if (known) return known;
    const document = readIamDocument(value);
    if (seen.size >= KEPT) seen.clear();
    seen.set(value, document);
    return document;
  };
}
