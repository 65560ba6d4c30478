import { z } from "zod";
import { resultOf, type Result } from "./result";
import { closed, problemsOf } from "./schema";
import { plainSource } from "./yaml-source";

const string = z.string({ error: "a text" });

const clusterSchema = closed(
  {
    identifier: string,
    resourceId: string,
    endpoint: string,
    readerEndpoint: string,
    port: z.int({ error: "a port" }),
    engine: z.literal("aurora-postgresql", { error: "aurora-postgresql" }),
    /** ARN of the secret that RDS manages for the master user; the secret itself never is an output. */
    masterSecretArn: string,
    documents: closed({ writer: string, reader: string }, "an object with writer and reader"),
    /** Owner role by database. */
    databases: z.record(
      string,
      closed({ owner: string, schemas: z.array(string) }, "an object with owner and schemas"),
    ),
  },
  "an object",
);

const schema = closed(
  {
    v: z.literal(1, { error: "version 1" }),
    estate: string,
    environment: string,
    account: string,
    region: string,
    identity: closed({ account: string, region: string, instanceArn: string, identityStoreId: string }, "an object"),
    /** Name and region of the parameter that clients read. */
    descriptor: closed({ name: string, region: string }, "an object with name and region"),
    bastion: closed(
      {
        instanceId: string,
        roleName: string,
        tag: closed({ key: string, value: string }, "an object with key and value"),
      },
      "an object",
    ),
    clusters: z.record(string, clusterSchema, { error: "an object of clusters" }),
    /** By role of access.yaml. */
    roles: z.record(string, closed({ set: string, arn: string, login: z.enum(["self", "separate"]) }, "an object"), {
      error: "an object of roles",
    }),
  },
  "an object: run `sallyport up` first",
);

/** The platform stack's only output, under the key `platform`. */
export type PlatformOutputs = z.infer<typeof schema>;

/** One cluster among the platform's outputs. */
export type ClusterOutputs = z.infer<typeof clusterSchema>;

/** Key of the record among the stack's outputs. */
export const PLATFORM_OUTPUT = "platform";

/**
 * Reads the stack's outputs, as plain values (`pulumi stack output --json`) or as Automation API gives them
 * (`{platform: {value, secret}}`).
 */
export function parseOutputs(outputs: Readonly<Record<string, unknown>>): Result<PlatformOutputs> {
  const platform = unwrap(outputs[PLATFORM_OUTPUT]);
  const parsed = schema.safeParse(platform);
  const problems = parsed.success
    ? []
    : problemsOf(parsed.error.issues, plainSource({ [PLATFORM_OUTPUT]: platform }), [PLATFORM_OUTPUT]);
  return resultOf(problems, () => parsed.data as PlatformOutputs);
}

function unwrap(output: unknown): unknown {
  if (typeof output !== "object" || output === null || !("value" in output) || !("secret" in output)) return output;
  return output.value;
}
