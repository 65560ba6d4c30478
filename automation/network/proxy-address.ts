/** An HTTP proxy that a variable of the environment names. */
export interface ProxyAddress {
  /** How the proxy itself is spoken to. */
  readonly protocol: "http:" | "https:";
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  /** For messages: scheme, host and port; never the credentials. */
  readonly shown: string;
  /** Which variable named it, as it was written. */
  readonly variable: string;
  /** Value of Proxy-Authorization; a secret. */
  readonly authorization?: string;
  /** Everything that may not be shown: password, what encodes it, the whole part before the `@`. */
  readonly secrets: readonly string[];
}

/** A variable that names no usable proxy, and why; the value is not in it, because it may hold a password. */
export interface UnusableProxy {
  readonly variable: string;
  readonly problem: string;
}

/**
 * Reads a proxy variable's value. As with the AWS CLI, `host:port` alone means `http://host:port`.
 *
 * @example parseProxy("HTTPS_PROXY", "http://jane:s3cret@proxy.example:3128")
 * // {protocol: "http:", host: "proxy.example", port: 3128, shown: "http://proxy.example:3128", authorization: "Basic …", …}
 */
export function parseProxy(variable: string, value: string): ProxyAddress | UnusableProxy {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value.replace(/^\/\//, "")}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hostname === "")
    return { variable, problem: `${variable} is no address of an HTTP proxy.` };
  const { protocol } = url;
  if (protocol !== "http:" && protocol !== "https:")
    return { variable, problem: `${variable} names a proxy of the kind ${protocol.slice(0, -1)}.` };
  const port = url.port === "" ? (protocol === "https:" ? 443 : 80) : Number(url.port);
  const credentials = url.username === "" && url.password === "" ? undefined : readCredentials(url, text);
  return {
    protocol,
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port,
    shown: `${protocol}//${url.hostname}:${port}`,
    variable,
    secrets: [],
    ...credentials,
  };
}

function readCredentials(url: URL, text: string): Pick<ProxyAddress, "authorization" | "secrets"> {
  const password = decoded(url.password);
  const encoded = Buffer.from(`${decoded(url.username)}:${password}`, "utf8").toString("base64");
  const asWritten = /^[^/]*\/\/([^/]*)@/.exec(text)?.[1] ?? "";
  return {
    authorization: `Basic ${encoded}`,
    secrets: [password, url.password, encoded, asWritten].filter((secret) => secret !== ""),
  };
}

/** A lone `%` in a password that nobody encoded is meant as it stands. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
