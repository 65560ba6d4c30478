import type { Json, Props } from "../account/estate";
import { plainText } from "../account/plain-text";

/** Arguments of a provider instance that the sandbox honours. */
export interface ProviderConfig {
  readonly region: string;
  readonly allowedAccountIds: readonly string[];
  readonly forbiddenAccountIds: readonly string[];
  readonly assumeRoles: readonly { readonly roleArn: string; readonly sessionName: string }[];
  readonly defaultTags: Readonly<Record<string, string>>;
  /** Keys given as arguments, before those of the environment. */
  readonly accessKey: string | undefined;
  readonly secretKey: string | undefined;
  readonly token: string | undefined;
}

/** Without effect on a simulated account. */
const HARMLESS = new Set([
  "version",
  "pluginDownloadURL",
  "skipCredentialsValidation",
  "skipMetadataApiCheck",
  "skipRegionValidation",
  "skipRequestingAccountId",
  "maxRetries",
  "retryMode",
  "userAgents",
]);
const HONOURED = new Set([
  "region",
  "allowedAccountIds",
  "forbiddenAccountIds",
  "assumeRoles",
  "defaultTags",
  "accessKey",
  "secretKey",
  "token",
]);

/** Names of arguments that the sandbox does not simulate: refused, never ignored. */
export function unsupportedArguments(args: Props): string[] {
  return Object.keys(args).filter((key) => !HARMLESS.has(key) && !HONOURED.has(key) && !key.startsWith("__"));
}

/**
 * Reads provider arguments: texts, nested ones as JSON in a text (Pulumi provider protocol); region and keys may come from the
 * environment instead.
 *
 * @throws Error with the provider's words when no region is known.
 */
export function readProviderConfig(args: Props, environment: Readonly<Record<string, string>>): ProviderConfig {
  const region = textOf(args.region) ?? environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION;
  if (region === undefined || region === "")
    throw new Error("missing region information: set the `aws:region` configuration, or AWS_REGION");
  return {
    region,
    allowedAccountIds: texts(parsed(args.allowedAccountIds)),
    forbiddenAccountIds: texts(parsed(args.forbiddenAccountIds)),
    assumeRoles: rolesOf(parsed(args.assumeRoles)),
    defaultTags: tagsOf(parsed(args.defaultTags)),
    accessKey: textOf(args.accessKey) ?? environment.AWS_ACCESS_KEY_ID,
    secretKey: textOf(args.secretKey) ?? environment.AWS_SECRET_ACCESS_KEY,
    token: textOf(args.token) ?? (textOf(args.accessKey) === undefined ? environment.AWS_SESSION_TOKEN : undefined),
  };
}

function parsed(value: Json | undefined): Json {
  return typeof value === "string" ? (JSON.parse(value) as Json) : (value ?? null);
}

function texts(value: Json): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function rolesOf(value: Json): { roleArn: string; sessionName: string }[] {
  return (Array.isArray(value) ? value : []).map((item) => {
    const role = item as Props;
    return { roleArn: textOf(role.roleArn) ?? "", sessionName: textOf(role.sessionName) ?? "aws-go-sdk" };
  });
}

function tagsOf(value: Json): Record<string, string> {
  const tags = value !== null && typeof value === "object" && !Array.isArray(value) ? value.tags : undefined;
  const entries = tags !== null && typeof tags === "object" ? Object.entries(tags) : [];
  return Object.fromEntries(entries.map(([key, item]) => [key, plainText(item)]));
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
