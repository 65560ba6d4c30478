import { z } from "zod";
import { secondsOf } from "./duration";
import { ACCOUNT, HYPHEN_NAME, HYPHEN_NAME_TEXT, PLAIN_NAME, PLAIN_NAME_TEXT, REGION } from "./grammar";
import { closed, named, notYet, only, text } from "./schema";
import { parsePattern } from "./target";

/** What a role may do in a database. */
export const PRESETS = ["readonly", "readwrite", "owner"] as const;
/** A named bundle of privileges, weakest first. */
export type Preset = (typeof PRESETS)[number];

const LEAVE_OUT = "leave it out";

const preset = z.enum(PRESETS, {
  error: (issue) =>
    typeof issue.input === "object" ? `not supported yet: write ${PRESETS.join(", ")}` : `one of ${PRESETS.join(", ")}`,
});

const SESSION_TEXT = "a time from 1h to 12h, for example 4h";
const session = z.string({ error: SESSION_TEXT }).refine(
  (value) => {
    const seconds = secondsOf(value);
    return seconds !== undefined && seconds >= 3600 && seconds <= 43_200;
  },
  { error: SESSION_TEXT },
);

const identity = closed(
  {
    startUrl: text(/^https:\/\/[^\s/]+(\/\S*)?$/, "an https URL, for example https://d-1234567890.awsapps.com/start"),
    region: text(REGION, "the region of Identity Center, for example eu-west-1"),
    account: text(ACCOUNT, 'the 12 digits of an account number in quotes, for example "111122223333"'),
    assumeRole: text(/^[\w+=,.@-]{1,64}$/, "the name of a role in the identity account").optional(),
    manage: only("all", ["assignments", "nothing"]).default("all"),
    policies: only("inline", ["customerManaged"]).default("inline"),
    mode: only("attribute", ["perUser"]).default("attribute"),
    attribute: closed(
      {
        key: text(/^[A-Za-z][\w.-]{0,127}$/, "the key of an access-control attribute, for example dbuser"),
        source: only("${path:userName}", []),
        owner: only("external", ["sallyport"]).default("external"),
      },
      'an object like { key: dbuser, source: "${path:userName}", owner: external }',
    ),
    membership: only("directory", ["listed"]).default("directory"),
  },
  "an object with startUrl, region, account and attribute",
);

const role = closed(
  {
    on: named(
      (key) => parsePattern(key) !== undefined,
      "cluster/database, each a name or *",
      preset,
      'an object like { "app/*": readonly }',
    ),
    in: z
      .array(text(PLAIN_NAME, PLAIN_NAME_TEXT), { error: "a list of environments" })
      .min(1, { error: "a list of environments" })
      .optional(),
    session: session.optional(),
    login: z.enum(["self", "separate"], { error: "one of self, separate" }).optional(),
    alarm: z.literal(false, { error: `not supported yet: ${LEAVE_OUT}` }).optional(),
    reason: notYet(LEAVE_OUT),
  },
  'an object like { on: { "app/*": readonly } }',
);

const NAME_TEXT = "the name as the directory writes it";
const directoryName = z.string({ error: NAME_TEXT }).min(1, { error: NAME_TEXT }).max(128, { error: NAME_TEXT });
const UNTIL_TEXT = 'a moment in UTC, in quotes, for example "2027-01-31T00:00:00Z"';

const entry = closed(
  {
    person: directoryName.optional(),
    group: directoryName.optional(),
    service: notYet("only person and group may stand here"),
    from: notYet(LEAVE_OUT),
    in: notYet("put it into the role"),
    roles: z
      .array(z.string({ error: "the name of a role" }), { error: "a list of roles" })
      .min(1, { error: "at least one role" }),
    until: z.iso.datetime({ error: UNTIL_TEXT, precision: 0 }).optional(),
  },
  "an object like { group: Analysts, roles: [readonly] }",
);

/** The shape of `access.yaml`; what refers to something else is checked in access-references.ts. */
export const accessSchema = closed(
  {
    estate: text(PLAIN_NAME, PLAIN_NAME_TEXT),
    identity,
    roles: named((key) => HYPHEN_NAME.test(key), HYPHEN_NAME_TEXT, role, "an object of roles"),
    access: z.array(entry, { error: "a list of entries" }),
    runner: notYet(LEAVE_OUT),
  },
  "an object with estate, identity, roles and access",
);
