import { z } from "zod";
import { parseCidr } from "./cidr";
import { secondsOf } from "./duration";
import { HYPHEN_NAME, HYPHEN_NAME_TEXT, REGION, SQL_NAME, SQL_NAME_TEXT } from "./grammar";
import { closed, named, notYet, only, text } from "./schema";

/**
 * RDS and EC2 limits behind the texts: a VPC is /16 to /28 and falls into eight parts here; Serverless v2 has 0 to 256 capacity
 * units in halves and pauses after 300 to 86 400 seconds (Aurora user guide, "Scaling to zero ACUs").
 */
const CIDR_TEXT = "a private IPv4 network from /16 to /25, for example 10.40.0.0/24";
const POLICY_TEXT = 'a level like "advisory" or an object like { enforcementLevel: advisory }';
const UNITS_TEXT = "capacity units from 0 to 256 in steps of 0.5";
const PAUSE_TEXT = "a time from 5m to 24h, for example 30m";

/** 10/8, 172.16/12 and 192.168/16 (RFC 1918). */
const PRIVATE_NETWORK = /^(10\.|172\.(1[6-9]|2[0-9]|3[01])\.|192\.168\.)/;

const network = closed(
  {
    cidr: z.string({ error: CIDR_TEXT }).refine(
      (value) => {
        const cidr = parseCidr(value);
        return cidr !== undefined && PRIVATE_NETWORK.test(value) && cidr.prefix >= 16 && cidr.prefix <= 25;
      },
      { error: CIDR_TEXT },
    ),
    zones: z.union([z.literal(2), z.literal(3)], { error: "2 or 3 availability zones" }).default(2),
    endpoints: only("create", ["inVpc", "central", "none"]).default("create"),
    existing: notYet("leave it out"),
    egressTo: notYet("leave it out"),
  },
  "an object like { cidr: 10.40.0.0/24 }",
);

const bastion = closed(
  {
    // The image is arm64, so the type must be a Graviton one.
    instanceType: text(
      /^(t4g|m6g|m7g|m8g|c6g|c7g|c8g)\.(nano|micro|small|medium|large)$/,
      "an arm64 instance type, for example t4g.nano",
    ).default("t4g.nano"),
    copies: only(1, [2, 3]).default(1),
    schedule: z.literal("always", { error: "not supported yet: write always" }).default("always"),
  },
  "an object like { instanceType: t4g.nano }",
);

const units = z
  .number({ error: UNITS_TEXT })
  .min(0, { error: UNITS_TEXT })
  .max(256, { error: UNITS_TEXT })
  .multipleOf(0.5, { error: UNITS_TEXT });

const capacity = closed(
  {
    min: units,
    max: units,
    pauseAfter: z
      .string({ error: PAUSE_TEXT })
      .refine((value) => (secondsOf(value) ?? 0) >= 300 && (secondsOf(value) ?? 0) <= 86_400, { error: PAUSE_TEXT })
      .optional(),
  },
  "an object like { min: 0, max: 4, pauseAfter: 30m }",
).superRefine((value, context) => {
  if (value.max < value.min)
    context.addIssue({ code: "custom", path: ["max"], message: `at least min, which is ${value.min}` });
  // IAM authentication needs up to 1000 MiB of free memory (Aurora user guide, IAM database authentication); a unit is 2 GiB.
  else if (value.max < 2)
    context.addIssue({ code: "custom", path: ["max"], message: "at least 2: IAM authentication needs the memory" });
  if (value.pauseAfter !== undefined && value.min > 0) {
    context.addIssue({
      code: "custom",
      path: ["pauseAfter"],
      message: "min: 0 beside it, or no pauseAfter: only a cluster that scales to 0 pauses",
    });
  }
});

const sqlName = text(SQL_NAME, SQL_NAME_TEXT);

const database = closed(
  {
    owner: sqlName,
    schemas: z
      .array(sqlName, { error: "a list of schemas" })
      .min(1, { error: "at least one schema" })
      .default(["public"]),
  },
  "an object like { owner: app_owner }",
);

const cluster = closed(
  {
    engine: only("aurora-postgresql", ["aurora-mysql", "postgres", "mysql"]),
    version: text(/^(16|17|18)(\.[0-9]{1,2})?$/, 'a PostgreSQL version in quotes: "16", "17" or "18"'),
    capacity: capacity.default({ min: 0, max: 4 }),
    deletionProtection: z.boolean({ error: "true or false" }).default(true),
    databases: named((key) => SQL_NAME.test(key), SQL_NAME_TEXT, database, "an object of databases"),
    existing: notYet("leave it out"),
  },
  'an object like { engine: aurora-postgresql, version: "16", databases: { app: { owner: app_owner } } }',
);

/** Which rules there are and what they take is the policy pack's business; whoever runs it checks that. */
const policies = z.record(
  z.string(),
  z.union([z.string(), z.record(z.string(), z.unknown())], { error: POLICY_TEXT }),
  { error: "an object of policy rules" },
);

/** The keys of `config:` that are ours, and the region. Others belong to other programs and are not read. */
export const environmentSchema = closed(
  {
    "aws:region": text(REGION, "the region of the environment, for example eu-west-2"),
    "sallyport:accessFile": z
      .string({ error: "the path of access.yaml" })
      .min(1, { error: "the path of access.yaml" })
      .default("access.yaml"),
    "sallyport:network": network,
    "sallyport:bastion": bastion.prefault({}),
    "sallyport:clusters": named((key) => HYPHEN_NAME.test(key), HYPHEN_NAME_TEXT, cluster, "an object of clusters"),
    "sallyport:audit": notYet("leave it out"),
    "sallyport:policies": policies.default({}),
  },
  "an object with aws:region, sallyport:network and sallyport:clusters",
);
