import { request } from "node:http";
import { SallyportError } from "../../core/errors";

/** How to reach a sandbox's control routes: the part of `sandbox.json` that says it. */
export interface ControlAddress {
  readonly endpointUrl: string;
  readonly controlToken: string;
}

const TIMEOUT_MS = 30_000;

/**
 * Asks a control route of a running sandbox.
 *
 * @example await askControl(sandbox, "GET status")
 * @throws SallyportError SANDBOX_NOT_RUNNING when nothing answers, SANDBOX_CONTROL_REFUSED with the sandbox's words and `status`
 */
export function askControl(address: ControlAddress, route: string, body?: unknown): Promise<unknown> {
  const [method = "GET", name = ""] = route.split(" ");
  const text = body === undefined ? "" : JSON.stringify(body);
  const headers = {
    authorization: `Bearer ${address.controlToken}`,
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  };
  return new Promise((resolve, reject) => {
    const gone = (cause: unknown): void =>
      reject(
        new SallyportError("SANDBOX_NOT_RUNNING", {
          message: `No sandbox answers at ${address.endpointUrl}.`,
          likely: "It ended without clearing its files.",
          cause,
        }),
      );
    const sent = request(new URL(`/_sandbox/${name}`, address.endpointUrl), {
      method,
      headers,
      agent: false,
      timeout: TIMEOUT_MS,
    });
    sent.on("timeout", () => sent.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
    sent.on("error", gone);
    sent.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", gone);
      response.on("end", () => {
        const said = Buffer.concat(chunks).toString("utf8").trim();
        const status = response.statusCode ?? 0;
        if (status === 200) return resolve(JSON.parse(said));
        reject(
          new SallyportError("SANDBOX_CONTROL_REFUSED", {
            message: `The sandbox refused "${route}": ${status} ${said.slice(0, 300)}`,
            values: { status },
          }),
        );
      });
    });
    sent.end(text);
  });
}
