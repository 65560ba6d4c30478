import type { ProgressEvent } from "../core/events";
import type { ProxyEvent } from "../proxy/proxy-contract";

/**
 * What a proxy tells, as a line for people and machines. `detail`: for machines only, where the screen is a child's.
 *
 * @example {type: "proxy.connection.opened", connection: 3, database: "app", client: "psql"} → "connection 3 to app from psql"
 */
export function proxyProgress(event: ProxyEvent, detail: boolean): ProgressEvent {
  const { type, ...data } = event;
  return { type, stage: "Proxy", ...lineOf(event), detail, data };
}

function lineOf(event: ProxyEvent): Pick<ProgressEvent, "mark" | "text" | "ms"> {
  const name = `connection ${event.connection}`;
  switch (event.type) {
    case "proxy.connection.opened":
      return {
        mark: "note",
        text: `${name} to ${event.database}${event.client === "" ? "" : ` from ${event.client}`}`,
      };
    case "proxy.connection.closed":
      return { mark: "done", text: `${name} closed, ${size(event.up)} up, ${size(event.down)} down`, ms: event.ms };
    case "proxy.connection.refused":
      return { mark: "failed", text: `${name} refused: ${event.code} ${event.text}` };
    case "proxy.query.cancelled":
      return { mark: "note", text: `${name}: query cancelled` };
  }
}

/** @example size(1536) // "1.5 kB" */
function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [divisor, unit] = bytes < 1e6 ? [1e3, "kB"] : bytes < 1e9 ? [1e6, "MB"] : [1e9, "GB"];
  return `${(bytes / divisor).toFixed(1)} ${unit}`;
}
