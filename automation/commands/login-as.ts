import { once } from "node:events";
import { readFileSync } from "node:fs";
import { request, type IncomingMessage } from "node:http";
import path from "node:path";
import { z } from "zod";
import { isLoopback } from "../auth/endpoint-guard";
import type { CommandContext } from "../core/command-context";
import { SallyportError } from "../core/errors";

const schema = z.object({
  endpointUrl: z.string().refine(isLoopback),
  controlToken: z.string().min(1),
  identity: z.object({ startUrl: z.string(), region: z.string() }),
  caBundle: z.string().min(1),
  people: z.array(z.string()).default([]),
});

/** The part of the sandbox's own file that a sign-in needs. */
export type SandboxFile = z.infer<typeof schema>;

/**
 * Reads `.sallyport/sandbox/sandbox.json` of the folder; the token is registered as a secret. Only `login --as` does: every other
 * command finds the sandbox by the sign-in record, as it would find AWS.
 *
 * Errors: SANDBOX_NOT_RUNNING.
 */
export function readSandboxFile(context: CommandContext): SandboxFile {
  const file = path.join(context.cwd, ".sallyport", "sandbox", "sandbox.json");
  let parsed: SandboxFile;
  try {
    parsed = schema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw new SallyportError("SANDBOX_NOT_RUNNING", {
      message: "No sandbox runs in this folder, and --as signs in to nothing else.",
      cause,
    });
  }
  context.redactor.register(parsed.controlToken);
  return parsed;
}

/**
 * Approves a device authorization as a person of the sandbox's directory, through its control endpoint.
 *
 * Errors: SANDBOX_PERSON_UNKNOWN, SANDBOX_NOT_RUNNING if the file is a leftover.
 */
export async function approveInSandbox(
  sandbox: SandboxFile,
  approval: { readonly userCode: string; readonly person: string },
  signal: AbortSignal,
): Promise<void> {
  let answer: { readonly status: number; readonly text: string };
  try {
    answer = await post(
      new URL("/_sandbox/device/approve", sandbox.endpointUrl),
      sandbox.controlToken,
      approval,
      signal,
    );
  } catch (cause) {
    signal.throwIfAborted();
    throw new SallyportError("SANDBOX_NOT_RUNNING", {
      message: `The sandbox at ${sandbox.endpointUrl} does not answer.`,
      cause,
    });
  }
  if (answer.status >= 200 && answer.status < 300) return;
  const text = answer.text.slice(0, 200);
  if (answer.status === 404 && !sandbox.people.includes(approval.person)) {
    throw new SallyportError("SANDBOX_PERSON_UNKNOWN", {
      message: `The sandbox's directory has no "${approval.person}".`,
      ...(sandbox.people.length === 0 ? {} : { likely: `There are: ${sandbox.people.join(", ")}.` }),
      cause: text,
    });
  }
  throw new SallyportError("AUTH_DEVICE_REFUSED", {
    message: `The sandbox did not approve the sign-in: ${answer.status} ${text}`,
  });
}

/** Not by `fetch`: with NODE_USE_ENV_PROXY it would look for this machine behind a proxy. */
async function post(
  url: URL,
  token: string,
  body: unknown,
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly text: string }> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const sent = request(url, { method: "POST", agent: false, headers, signal });
  sent.end(JSON.stringify(body));
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  let text = "";
  for await (const chunk of answer.setEncoding("utf8")) text += String(chunk);
  return { status: answer.statusCode ?? 0, text };
}
