import type { ResourceRule } from "../rule";
import { isSet } from "../values";
import { INLINE_POLICY } from "./types";

/** Quotas of Identity Center: letters without white space, and bytes in all (PutInlinePolicyToPermissionSet). */
const LETTERS = 10_240;
const BYTES = 32_768;

/** An inline policy fits. */
export const ssoInlineSize: ResourceRule = {
  id: "sso-inline-size",
  title: "A permission set's inline policy fits into Identity Center",
  why: "A longer one is refused at the end of the run, when half of the change stands",
  severity: "low",
  level: "mandatory",
  references: ["Identity Center user guide: Quotas"],
  fix: `Write inlinePolicy with at most ${LETTERS} characters without white space: fewer clusters or statements for this set`,
  types: [INLINE_POLICY],
  check: ({ props }, { report }) => {
    const policy = props["inlinePolicy"];
    if (!isSet(policy)) return;
    const text = typeof policy === "string" ? policy : JSON.stringify(policy);
    if (text.replace(/\s/g, "").length > LETTERS) report(`inlinePolicy has more than ${LETTERS} characters`);
    else if (Buffer.byteLength(text) > BYTES) report(`inlinePolicy has more than ${BYTES} bytes`);
  },
};
