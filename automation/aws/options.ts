import type { Clock } from "../core/clock";
import { PROXY_TIMEOUT_MS, networkAgents } from "../network/network-agents";
import type { NetworkSettings } from "../network/network-settings";

/** Keys of an AWS principal; `sessionToken` is absent for long-term keys only. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Credentials, or where they come from; asked again when they are near their end. */
export type CredentialSource = AwsCredentials | (() => Promise<AwsCredentials>);

/** What every adapter needs to know. */
export interface AwsOptions {
  readonly region: string;
  /** Left out: the SDK's own chain (environment, profile, instance). Calls that are not signed ignore it. */
  readonly credentials?: CredentialSource | undefined;
  /** An endpoint instead of AWS's own, e.g. the sandbox's; the caller has already judged whether it may be used. */
  readonly endpoint?: string | undefined;
  /** How AWS is reached: proxy, authorities, FIPS and dual-stack endpoints. Left out: directly, by the SDK's own defaults. */
  readonly network?: NetworkSettings | undefined;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Attempts per call, retries included; 3 when left out. */
  readonly attempts?: number | undefined;
}

/** The SDK's settings for a client: bounded time-outs, and nothing the caller did not choose. */
export function clientSettings(options: AwsOptions) {
  return {
    region: options.region,
    maxAttempts: options.attempts ?? 3,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: 20_000,
      throwOnRequestTimeout: true,
      ...throughNetwork(options),
    },
    ...endpointKind(options),
    ...(options.credentials === undefined ? {} : { credentials: sdkCredentials(options.credentials) }),
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
  };
}

const CONNECTION_TIMEOUT_MS = 5_000;

/** A proxy's own time-outs come first: they say more than the SDK's. */
function throughNetwork({ network, clock, signal }: AwsOptions) {
  if (network === undefined) return {};
  const { http, https } = networkAgents(network, { clock, signal });
  const proxied = network.proxies.https !== undefined || network.proxies.http !== undefined;
  return {
    httpAgent: http,
    httpsAgent: https,
    ...(proxied ? { connectionTimeout: CONNECTION_TIMEOUT_MS + 2 * PROXY_TIMEOUT_MS } : {}),
  };
}

/** FIPS and dual-stack are kinds of AWS's own endpoints: with another endpoint the SDK would refuse them. */
function endpointKind({ endpoint, network }: AwsOptions) {
  if (endpoint !== undefined) return { useFipsEndpoint: false, useDualstackEndpoint: false };
  return {
    ...(network?.fips === undefined ? {} : { useFipsEndpoint: network.fips }),
    ...(network?.dualStack === undefined ? {} : { useDualstackEndpoint: network.dualStack }),
  };
}

/** The source's present credentials. */
export async function currentCredentials(source: CredentialSource): Promise<AwsCredentials> {
  return typeof source === "function" ? source() : source;
}

/** In the SDK's shape: its own objects are writable, ours are not. */
function sdkCredentials(source: CredentialSource): AwsCredentials | (() => Promise<AwsCredentials>) {
  return typeof source === "function" ? async () => ({ ...(await source()) }) : { ...source };
}
