import { SallyportError } from "../core/errors";

/** Which kind of AWS's endpoints is wanted; what is left out, the SDK takes from the profile. */
export interface EndpointFlags {
  readonly fips?: boolean;
  readonly dualStack?: boolean;
}

/**
 * Reads AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT (AWS SDKs and tools reference: `true` or `false`). As in the AWS CLI
 * case does not matter and an empty value is `false`; the SDK itself would refuse both with an error that names no variable's cause.
 *
 * @throws SallyportError NETWORK_SETTINGS_INVALID
 *
 * @example readEndpointFlags({AWS_USE_FIPS_ENDPOINT: "true"}) // {fips: true}
 */
export function readEndpointFlags(env: Readonly<Record<string, string | undefined>>): EndpointFlags {
  const fips = readFlag(env, "AWS_USE_FIPS_ENDPOINT");
  const dualStack = readFlag(env, "AWS_USE_DUALSTACK_ENDPOINT");
  return { ...(fips === undefined ? {} : { fips }), ...(dualStack === undefined ? {} : { dualStack }) };
}

function readFlag(env: Readonly<Record<string, string | undefined>>, variable: string): boolean | undefined {
  const value = env[variable]?.trim().toLowerCase();
  if (value === undefined) return undefined;
  if (value === "true") return true;
  if (value === "false" || value === "") return false;
  throw new SallyportError("NETWORK_SETTINGS_INVALID", {
    message: `${variable} is "${env[variable] ?? ""}", neither true nor false.`,
    next: `set ${variable} to true or false, or unset it`,
    values: { variable },
  });
}
