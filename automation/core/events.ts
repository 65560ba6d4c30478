/** A mark at the start of a progress line: done, failed, going on, skipped. */
export type Mark = "done" | "failed" | "going" | "skipped" | "note";

/**
 * One thing that happened, for people and machines alike: a line on a terminal or an NDJSON line, never parsed from one another.
 */
export interface ProgressEvent {
  /** `area.event`, e.g. `door.connected`. */
  readonly type: string;
  /** The stage it belongs to, e.g. `Platform`; lines of one stage are shown together. */
  readonly stage: string;
  readonly mark: Mark;
  /** For people; no secret. */
  readonly text: string;
  /** One of many that could be counted: for machines, not for a person's screen. */
  readonly detail?: boolean;
  /** How long it took, milliseconds. */
  readonly ms?: number;
  /** For machines; no secret. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Where operations send their events. Injected; the shell decides what becomes of them. */
export interface Reporter {
  report(event: ProgressEvent): void;
}

/** Drops everything: for callers that want no progress. */
export const silentReporter: Reporter = { report: () => undefined };
