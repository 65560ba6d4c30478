import type net from "node:net";
import { pipeline, type Duplex } from "node:stream";

/**
 * Joins a judged client with PostgreSQL: first the startup message, then whatever the client already sent, then bytes both ways
 * with back-pressure. When one side ends or fails, so does the other.
 */
export function splice(client: Duplex, early: Buffer, backend: net.Socket, startup: Buffer): void {
  backend.write(Buffer.concat([startup, early]));
  const end = (): void => {
    client.destroy();
    backend.destroy();
  };
  pipeline(client, backend, (error) => error && end());
  pipeline(backend, client, end);
}

/** Hands a CancelRequest on; PostgreSQL answers nothing and closes. */
export function forwardCancel(client: Duplex, backend: net.Socket, request: Buffer): void {
  backend.on("error", () => client.destroy());
  backend.once("close", () => client.end());
  backend.resume().end(request);
}
