/** Above it agents speak smux when the client does (amazon-ssm-agent, `agent/session/plugins/port/port.go`). */
const LAST_WITHOUT_MUX = "3.0.196.0";
/** Up to it agents insist on keep-alives inside smux (session-manager-plugin, `src/config/config.go`). */
const LAST_WITH_KEEP_ALIVE = "3.1.1511.0";

/**
 * Compares versions of four numeric parts: negative, 0 or positive; `undefined` if one of them is something else.
 *
 * @example compareVersions("3.3.987.0", "3.1.1511.0") // 2
 */
export function compareVersions(a: string, b: string): number | undefined {
  const [left, right] = [partsOf(a), partsOf(b)];
  if (!left || !right) return undefined;
  const differences = left.map((part, at) => part - (right[at] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}

/** Whether an agent can carry several streams in one session; unknown versions are taken for new ones. */
export function agentSpeaksMux(version: string): boolean {
  return (compareVersions(version, LAST_WITHOUT_MUX) ?? 1) > 0;
}

/** Whether an agent ends sessions in which it hears no smux keep-alive. */
export function agentWantsKeepAlive(version: string): boolean {
  return (compareVersions(version, LAST_WITH_KEEP_ALIVE) ?? 1) <= 0;
}

function partsOf(version: string): number[] | undefined {
  return /^\d{1,9}(\.\d{1,9}){3}$/.test(version) ? version.split(".").map(Number) : undefined;
}
