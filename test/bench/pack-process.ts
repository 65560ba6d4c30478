import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import { ROOT } from "../support/source-files";

/** What the engine asked a pack: the gRPC method and the request's bytes. */
export type Request = readonly [method: string, bytes: Buffer];

/** What a pack's process took. */
export interface PackTimes {
  /** From its start until it says its port. */
  readonly startMs: number;
  /** All requests, one after the other as the engine asks. */
  readonly wallMs: number;
  /** Processor time of the process for them; it may be more than the wall's, for the collector has threads of its own. */
  readonly cpuMs: number;
}

/** The program that the engine's language host starts for a pack in JavaScript. */
const RUN = path.join(ROOT, "node_modules", "@pulumi", "pulumi", "cmd", "run-policy-pack", "index.js");

/**
 * Starts a pack as the engine does, asks it everything once, and ends it.
 *
 * @param compiled - folder of Node's compile cache, as the runner gives one; without it all is compiled again
 */
export async function packTimes(pack: string, requests: readonly Request[], compiled?: string): Promise<PackTimes> {
  const begun = performance.now();
  const child = spawn(process.execPath, [RUN, "127.0.0.1:1", pack], {
    cwd: pack,
    env: {
      PATH: process.env.PATH,
      HOME: os.homedir(),
      ...(compiled === undefined ? {} : { NODE_COMPILE_CACHE: compiled }),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [port] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const startMs = performance.now() - begun;
  const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  try {
    const cpu = processCpu(child.pid);
    const from = performance.now();
    for (const [method, bytes] of requests) await ask(client, method, bytes);
    return { startMs, wallMs: performance.now() - from, cpuMs: processCpu(child.pid) - cpu };
  } finally {
    client.close();
    const gone = once(child, "exit");
    child.kill();
    await gone;
  }
}

function ask(client: grpc.Client, method: string, bytes: Buffer): Promise<void> {
  const same = (given: Buffer): Buffer => given;
  return new Promise((resolve, reject) =>
    client.makeUnaryRequest(method, same, same, bytes, (error) => (error ? reject(error) : resolve())),
  );
}

/** Processor time of a process, milliseconds: fields 14 and 15 of its stat, in ticks of 10 ms. */
function processCpu(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
