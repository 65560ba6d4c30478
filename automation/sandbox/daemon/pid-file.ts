import { rmSync, writeFileSync } from "node:fs";
import { readIfThere } from "./private-write";

/** A process, told apart from a later one with the same number. */
export interface ProcessMark {
  readonly pid: number;
  /** When it began, milliseconds since the epoch. */
  readonly startedAt: number;
}

/** Clocks and rounding of the system's own records may differ by this much. */
const TOLERANCE_MS = 5_000;

/** Claims the file for a process; false if another one has it. Whether that one lives is for the caller to find out. */
export function claimPidFile(file: string, mark: ProcessMark): boolean {
  try {
    writeFileSync(file, JSON.stringify(mark), { mode: 0o600, flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** The mark in a file; `undefined` if there is none or it cannot be read. */
export function readPidFile(file: string): ProcessMark | undefined {
  try {
    const mark = JSON.parse(readIfThere(file) ?? "null") as Partial<ProcessMark> | null;
    if (mark === null || !Number.isInteger(mark.pid) || typeof mark.startedAt !== "number") return undefined;
    return { pid: Number(mark.pid), startedAt: mark.startedAt };
  } catch {
    return undefined;
  }
}

/** Takes the file away if it is still this process's. */
export function releasePidFile(file: string, mark: ProcessMark): void {
  if (readPidFile(file)?.pid === mark.pid) rmSync(file, { force: true });
}

/**
 * Whether the marked process lives: a process of that number that began at that time.
 *
 * @param startedAt when the process of a number began, `undefined` if there is none
 */
export async function isAlive(
  mark: ProcessMark,
  startedAt: (pid: number) => Promise<number | undefined>,
): Promise<boolean> {
  const began = await startedAt(mark.pid);
  return began !== undefined && Math.abs(began - mark.startedAt) <= TOLERANCE_MS;
}
