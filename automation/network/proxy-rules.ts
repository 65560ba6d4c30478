import { SallyportError } from "../core/errors";
import { isLoopbackHost } from "./loopback";
import { bypasses, parseNoProxy, type NoProxyEntry } from "./no-proxy";
import { parseProxy, type ProxyAddress, type UnusableProxy } from "./proxy-address";

/** What the environment says about proxies. */
export interface ProxyRules {
  /** For https: and wss: targets. */
  readonly https?: ProxyAddress | UnusableProxy;
  /** For http: targets. */
  readonly http?: ProxyAddress | UnusableProxy;
  readonly bypass: readonly NoProxyEntry[];
}

/** Where a connection is to go. `host` without brackets. */
export interface ProxyTarget {
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
}

/**
 * Reads HTTPS_PROXY, HTTP_PROXY and NO_PROXY; the lower-case name wins where both are set, as in the AWS CLI, curl and Node. An
 * empty value is no value. Nothing is refused here: a proxy that cannot be used matters only to connections that would need it.
 */
export function readProxyRules(env: Readonly<Record<string, string | undefined>>): ProxyRules {
  const read = (name: string): ProxyAddress | UnusableProxy | undefined => {
    const variable = named(env, name);
    return variable === undefined ? undefined : parseProxy(variable, (env[variable] ?? "").trim());
  };
  const [https, http] = [read("HTTPS_PROXY"), read("HTTP_PROXY")];
  const noProxy = named(env, "NO_PROXY");
  return {
    ...(https ? { https } : {}),
    ...(http ? { http } : {}),
    bypass: parseNoProxy(noProxy === undefined ? "" : (env[noProxy] ?? "")),
  };
}

/**
 * The proxy for a target; undefined for a direct connection. This machine itself is always reached directly.
 *
 * @throws SallyportError NETWORK_SETTINGS_INVALID if the variable that rules this target names no usable proxy
 *
 * @example proxyFor(readProxyRules({https_proxy: "p:1"}), {secure: true, host: "ssm.eu-west-2.amazonaws.com", port: 443})?.shown
 * // "http://p:1"
 */
export function proxyFor(rules: ProxyRules, target: ProxyTarget): ProxyAddress | undefined {
  const proxy = target.secure ? rules.https : rules.http;
  if (!proxy || isLoopbackHost(target.host.toLowerCase())) return undefined;
  if (bypasses(rules.bypass, target.host, target.port)) return undefined;
  if (!("problem" in proxy)) return proxy;
  throw new SallyportError("NETWORK_SETTINGS_INVALID", {
    message: proxy.problem,
    next: `set ${proxy.variable} to http://host:port or https://host:port, or unset it`,
    values: { variable: proxy.variable },
  });
}

/** The name under which a variable is set to something: lower case before upper case. */
function named(env: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  return [name.toLowerCase(), name].find((one) => (env[one] ?? "").trim() !== "");
}
