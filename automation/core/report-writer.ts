import { terminalText } from "./terminal-text";
import type { Mark, ProgressEvent, Reporter } from "./events";

const MARKS: Record<"unicode" | "ascii", Record<Mark, string>> = {
  unicode: { done: "✓", failed: "✗", going: "·", skipped: "–", note: " " },
  ascii: { done: "ok", failed: "x", going: ".", skipped: "-", note: " " },
};

/** `1234` → `1.2 s`, `370000` → `6 min 10 s`. */
export function duration(ms: number): string {
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** How lines for people look. */
export interface LineStyle {
  readonly ascii: boolean;
  readonly dim: boolean;
  /** Runs something in a moment unless it is called off: what ends at once need not be announced. Left out: at once. */
  readonly soon?: (act: () => void) => () => void;
}

/** Progress for people: one line per event, stage left, time right; details are left out. */
export function lineReporter(write: (line: string) => void, style: LineStyle): Reporter {
  const marks = MARKS[style.ascii ? "ascii" : "unicode"];
  const announced = new Map<string, () => void>();
  const print = (event: ProgressEvent): void => {
    const text = `  ${event.stage.padEnd(11)}${marks[event.mark]} ${terminalText(event.text)}`;
    const time = event.ms === undefined ? "" : duration(event.ms);
    write(time === "" ? `${text}\n` : `${text.padEnd(88)} ${style.dim ? `\u001b[2m${time}\u001b[22m` : time}\n`);
  };
  return {
    report: (event) => {
      // Nothing scrolls that could be counted.
      if (event.detail) return;
      const step = event.type.replace(/\.(started|done|failed)$/, "");
      announced.get(step)?.();
      announced.delete(step);
      if (event.mark === "going" && style.soon)
        announced.set(
          step,
          style.soon(() => print(event)),
        );
      else print(event);
    },
  };
}

/** Progress for machines: NDJSON, `{"v":1,"time":…,"type":…}` a line. */
export function ndjsonReporter(write: (line: string) => void, now: () => number): Reporter {
  return { report: (event) => write(`${JSON.stringify(ndjsonLine(event, now()))}\n`) };
}

function ndjsonLine(event: ProgressEvent, time: number): Record<string, unknown> {
  return {
    v: 1,
    time: new Date(time).toISOString(),
    type: event.type,
    stage: event.stage,
    mark: event.mark,
    text: event.text,
    ...(event.detail ? { detail: true } : {}),
    ...(event.ms === undefined ? {} : { ms: event.ms }),
    ...(event.data === undefined ? {} : { data: event.data }),
  };
}
