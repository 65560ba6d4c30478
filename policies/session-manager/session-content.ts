import type { Properties } from "../rule";

/** The content of a document as an object; undefined for what is neither JSON nor, where the format says so, YAML. */
export function contentOf({ content, documentFormat }: Properties): unknown {
  if (typeof content !== "string") return undefined;
  try {
    if (documentFormat !== "YAML") return JSON.parse(content);
    return (require("yaml") as typeof import("yaml")).parse(content);
  } catch {
    return undefined;
  }
}
