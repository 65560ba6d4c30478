import type { Mark, ProgressEvent, Reporter } from "../core/events";
import { spanText } from "../auth/sign-in-record";
import type { DoorEvent } from "../door/open-door";

/** A line about a door's sessions; `detail` ones are for machines. Undefined: not worth a line. */
type Line = { readonly mark: Mark; readonly text: string; readonly detail?: boolean };

/**
 * Tells a person what happens to an open door: that it was lost, what it waits for, that it is back. The same wait is said once,
 * however often it is tried.
 *
 * @example
 * openDoor({ …, onEvent: doorProgress(reporter) })
 */
export function doorProgress(reporter: Reporter): (event: DoorEvent) => void {
  let said = "";
  return (event) => {
    const line = lineOf(event);
    if (!line) return;
    const waits = event.type === "waiting" || event.type === "no-session";
    if (waits && line.text === said) return;
    said = waits ? line.text : "";
    const { type, ...data } = event;
    const { mark, text, detail = false } = line;
    const progress: ProgressEvent = { type: `door.${type}`, stage: "Tunnel", mark, text, detail, data };
    reporter.report(progress);
  };
}

function lineOf(event: DoorEvent): Line | undefined {
  switch (event.type) {
    case "suspended":
      return { mark: "note", text: `lost for now, open connections wait: ${event.message}` };
    case "waiting":
      if (event.for === "sign-in")
        return { mark: "note", text: `waits for you to sign in again (sallyport login): ${event.message}` };
      return { mark: "note", text: `waits for the network: ${event.message}` };
    case "restored":
      return { mark: "done", text: `back after ${spanText(event.afterMs)}; nothing was lost` };
    case "session-lost":
      return { mark: "note", text: `a session ended; the next connection opens another: ${event.message}` };
    case "no-session":
      return { mark: "failed", text: `no session: ${event.code} ${event.message}` };
    case "session-opened":
      // The first one is the door itself, and said as such.
      if (event.session === 1) return undefined;
      return { mark: "note", text: `${event.sessions} ${event.sessions === 1 ? "session" : "sessions"}`, detail: true };
    case "session-left":
      return { mark: "note", text: `left a session (${event.why}), ${event.sessions} now`, detail: true };
    case "dial-failed":
      return { mark: "note", text: "the bastion could not dial the database", detail: true };
    case "handshake":
      return event.customerMessage === ""
        ? undefined
        : { mark: "note", text: `message of your AWS account: ${event.customerMessage}` };
    case "paused":
    case "resumed":
      return {
        mark: "note",
        text: `Session Manager ${event.type === "paused" ? "holds data" : "goes on"}`,
        detail: true,
      };
    case "connected":
    case "ready":
    case "closed":
      return undefined;
  }
}
