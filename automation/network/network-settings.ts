import type { Redactor } from "../core/redactor";
import { readCaBundle } from "./ca-bundle";
import { readEndpointFlags, type EndpointFlags } from "./endpoint-flags";
import { readProxyRules, type ProxyRules } from "./proxy-rules";

/** How this machine reaches AWS, as its environment says: made once per command. */
export interface NetworkSettings extends EndpointFlags {
  readonly proxies: ProxyRules;
  /** PEM certificates that replace the system's authorities; left out: the system's and NODE_EXTRA_CA_CERTS. */
  readonly authorities?: readonly string[];
}

/** What is ambient about the network. */
export interface NetworkEnvironment {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative files are looked for here. */
  readonly cwd: string;
  readonly redactor: Redactor;
}

/**
 * Reads HTTPS_PROXY, HTTP_PROXY, NO_PROXY, AWS_CA_BUNDLE, AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT. A proxy's
 * credentials are registered as secrets.
 *
 * @throws SallyportError NETWORK_SETTINGS_INVALID, before any call
 */
export function readNetwork({ env, cwd, redactor }: NetworkEnvironment): NetworkSettings {
  const proxies = readProxyRules(env);
  for (const proxy of [proxies.https, proxies.http])
    if (proxy && "secrets" in proxy) for (const secret of proxy.secrets) redactor.register(secret);
  const bundle = env.AWS_CA_BUNDLE ?? "";
  return {
    proxies,
    ...readEndpointFlags(env),
    ...(bundle === "" ? {} : { authorities: readCaBundle(bundle, cwd) }),
  };
}
