import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SallyportError } from "../../core/errors";

/** A loopback HTTP server, its port, and its end with every connection. */
export interface Listening {
  readonly server: Server;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1. Nothing answers yet: handlers are added to `server`.
 *
 * @param port 0 = any
 * @throws SallyportError SANDBOX_PORT_IN_USE, SANDBOX_START_FAILED
 */
export async function listen(port: number): Promise<Listening> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(refused(port, error)));
    server.listen(port, "127.0.0.1", resolve);
  });
  // A connection that breaks is its client's affair.
  server.on("clientError", (_error, socket) => void socket.destroy());
  return {
    server,
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function refused(port: number, error: NodeJS.ErrnoException): SallyportError {
  if (error.code === "EADDRINUSE")
    return new SallyportError("SANDBOX_PORT_IN_USE", {
      message: `Port ${port} of this machine is taken.`,
      cause: error,
    });
  return new SallyportError("SANDBOX_START_FAILED", {
    message: `The sandbox cannot listen on port ${port}: ${error.message}`,
    cause: error,
  });
}
