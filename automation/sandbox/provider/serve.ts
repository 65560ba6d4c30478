import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { systemClock } from "../../core/clock";
import type { Authorize } from "../account/allows-action";
import type { Estate } from "../account/estate";
import type { ClusterRuntime } from "../account/ports";
import { awsPackage } from "./aws-package";
import { postgresqlPackage } from "./postgresql/postgresql-package";
import { randomPackage } from "./random/random-package";
import type { ProviderPackage } from "./provider";
import { providerService } from "./service";

/** Packages with a simulated provider. */
export type ServedPackage = "aws" | "postgresql" | "random";

/** Arguments of serveProvider. */
export interface ServeOptions {
  readonly estate: Estate;
  /** AWS_* and PG* variables as a plugin would inherit them. */
  readonly environment: Readonly<Record<string, string>>;
  readonly clusters: ClusterRuntime;
  readonly authorize?: Authorize;
  /** Waits real milliseconds; the machine's clock unless a test gives its own. */
  readonly sleep?: (realMs: number, signal: AbortSignal) => Promise<void>;
}

/** A provider that listens on loopback. */
export interface ServedProvider {
  readonly port: number;
  /** Cancels what it waits for and closes its connections. */
  close(): Promise<void>;
}

/** The account's own time is not cancelled. */
const NEVER = new AbortController().signal;

/**
 * Serves one provider instance on a free loopback port: what the engine would reach by starting the plugin. The objects that it
 * makes live in the estate and outlast it.
 */
export async function serveProvider(pack: ServedPackage, options: ServeOptions): Promise<ServedProvider> {
  const cancelled = new AbortController();
  const sleep = options.sleep ?? ((ms: number, signal: AbortSignal) => systemClock.sleep(ms, signal));
  const forEver = new Promise<never>((_, reject) =>
    cancelled.signal.addEventListener("abort", () => reject(cancelled.signal.reason as Error), { once: true }),
  );
  forEver.catch(() => undefined);
  const cancel = (): void => cancelled.abort(new Error("context canceled"));
  const implementation = packageOf(pack, options);
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(
    ResourceProviderService,
    providerService(
      implementation,
      (ms, onward) => (ms === Infinity ? forEver : sleep(ms, onward ? NEVER : cancelled.signal)),
      cancel,
    ),
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return {
    port,
    close: async () => {
      cancel();
      server.forceShutdown();
    },
  };
}

function packageOf(pack: ServedPackage, options: ServeOptions): ProviderPackage {
  switch (pack) {
    case "aws":
      return awsPackage(options);
    case "postgresql":
      return postgresqlPackage(options.environment);
    case "random":
      return randomPackage(options.estate.randomBytes);
  }
}
