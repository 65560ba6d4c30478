import type { ResourceRule } from "../rule";
import { isSet } from "../values";
import { seconds } from "./iso-duration";
import { PERMISSION_SET } from "./types";

/** Longest name, and its letters (Identity Center API reference, CreatePermissionSet). */
const LONGEST_NAME = 32;
const NAME = /^[\w+=,.@-]+$/;

/** The name fits, and looks as the estate's names do. */
export const ssoPsName: ResourceRule = {
  id: "sso-ps-name",
  title: "A permission set's name is one that Identity Center takes",
  why: "A name that is too long fails only in the middle of the run; one of another form is not recognised by who reads the portal",
  severity: "low",
  level: "mandatory",
  references: ["Identity Center API reference: CreatePermissionSet"],
  fix: `Write name with at most ${LONGEST_NAME} letters, digits or +=,.@-_ and of the configured pattern`,
  parameters: { pattern: { type: "string", about: "Regular expression that every name matches" } },
  types: [PERMISSION_SET],
  check: ({ props }, { report }, { pattern }) => {
    const name = props["name"];
    if (!isSet(name)) return; // then Pulumi makes one up, of the program's name
    const text = String(name);
    if (text.length > LONGEST_NAME) report(`name has more than ${LONGEST_NAME} letters`);
    if (!NAME.test(text)) report("name has other letters");
    if (typeof pattern === "string" && !new RegExp(pattern).test(text)) report("name is not of the configured pattern");
  },
};

/** A working day at most. */
export const ssoPsSession: ResourceRule = {
  id: "sso-ps-session",
  title: "A permission set says how long a session lasts, and that is no longer than a working day",
  why: "Who leaves at noon keeps the credentials of the morning until the session ends",
  severity: "medium",
  level: "advisory",
  references: ["AWS Well-Architected SEC03"],
  fix: 'Write sessionDuration, at most "PT8H" or what the setting maximum says (set this rule to mandatory for production stacks by policy configuration)',
  parameters: { maximum: { type: "string", default: "PT8H", about: "Longest session, as ISO 8601 duration" } },
  types: [PERMISSION_SET],
  check: ({ props }, { report }, { maximum }) => {
    const duration = props["sessionDuration"];
    if (!isSet(duration)) return report("sessionDuration is missing");
    const longest = seconds(maximum);
    if (longest === undefined) return report("sessionDuration cannot be compared: the setting maximum is no duration");
    const length = seconds(duration);
    if (length === undefined) report("sessionDuration is no duration");
    else if (length > longest) report("sessionDuration is too long");
  },
};
