import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";

/** Tells whether a process lives and when it began; injected where a test must not depend on real processes. */
export interface Processes {
  /** When the process began (milliseconds since the epoch, ± 2 s), or `undefined` when no such process lives. */
  startedAt(pid: number): Promise<number | undefined>;
}

/**
 * The processes of this machine. Linux: `/proc/<pid>/stat` field 22 in ticks of 10 ms after `btime` of `/proc/stat` (proc(5));
 * elsewhere `ps -o lstart=` (POSIX ps has no better column).
 */
export const machineProcesses: Processes = {
  startedAt: async (pid) => {
    if (!isAlive(pid)) return undefined;
    const machine = await readFile("/proc/stat", "utf8").catch(() => undefined);
    if (machine === undefined) return fromPs(pid);
    const own = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    return parseProcStart(own, machine);
  },
};

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * The start time out of `/proc/<pid>/stat` and `/proc/stat`, milliseconds since the epoch. A zombie has ended: `undefined`.
 *
 * @example
 * parseProcStart("7 (a b) S 1 7 … 500 …", "btime 1700000000\n") // 1700000005000
 */
export function parseProcStart(stat: string, machine: string): number | undefined {
  // The name stands in brackets and may hold anything, brackets and spaces too: count fields after the last one.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const boot = /^btime (\d+)$/m.exec(machine)?.[1];
  const ticks = Number(fields[19]);
  if (boot === undefined || !Number.isFinite(ticks) || fields[0] === "Z") return undefined;
  return Number(boot) * 1000 + ticks * 10;
}

function fromPs(pid: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    execFile(
      "ps",
      ["-o", "lstart=", "-p", String(pid)],
      { env: { LC_ALL: "C", PATH: "/bin:/usr/bin" } },
      (_error, out) => {
        const time = Date.parse(out.trim());
        resolve(Number.isNaN(time) ? undefined : time);
      },
    );
  });
}
