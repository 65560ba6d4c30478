import path from "node:path";
import { z } from "zod";
import { SallyportError } from "../core/errors";
import type { Redactor } from "../core/redactor";
import { homesToSearch, type HomeRequest } from "./client-home";
import { isLoopback } from "./endpoint-guard";
import { readPrivateFile, writePrivateFile } from "./private-file";

const RECORD_FILE = "sign-in.json";

const schema = z.strictObject({
  v: z.literal(1),
  startUrl: z.url(),
  region: z.string().min(1),
  accessToken: z.string().min(1),
  expiresAt: z.iso.datetime(),
  /** The person's name in the directory; empty if the portal could not say. */
  person: z.string(),
  sandbox: z.strictObject({ endpointUrl: z.string().refine(isLoopback), caBundle: z.string().min(1) }).optional(),
});

/** Who is signed in on this machine, until when. `sandbox` is honoured for the reserved accounts only. */
export type SignInRecord = z.infer<typeof schema>;

/** A record and the folder it stands in. */
export interface FoundRecord {
  readonly home: string;
  readonly record: SignInRecord;
}

/**
 * Reads a record's text; undefined if it is none of ours.
 *
 * @example parseSignInRecord('{"v":2}') // undefined
 */
export function parseSignInRecord(text: string): SignInRecord | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The file of a home. */
export function recordFile(home: string): string {
  return path.join(home, RECORD_FILE);
}

/** Writes the record, 0600 in a 0700 folder, by rename. */
export function writeSignInRecord(home: string, record: SignInRecord, suffix: string): void {
  writePrivateFile(recordFile(home), `${JSON.stringify(record, undefined, 2)}\n`, suffix);
}

/** The machine's sign-in, ended or not; undefined without one. Its token is registered as a secret. */
export function findSignInRecord(request: HomeRequest, redactor: Redactor): FoundRecord | undefined {
  for (const { folder, sandboxOnly } of homesToSearch(request)) {
    const found = readPrivateFile(recordFile(folder));
    if (!found) continue;
    if (found.open) {
      throw new SallyportError("AUTH_NOT_SIGNED_IN", {
        message: `${recordFile(folder)} may be read by others, so it is not used.`,
        likely: "It should be 0600; signing in again writes a new one.",
      });
    }
    const record = parseSignInRecord(found.text);
    if (!record)
      throw new SallyportError("AUTH_NOT_SIGNED_IN", {
        message: `${recordFile(folder)} is not a sign-in of this version.`,
      });
    // A real sign-in in a working folder was put there by somebody else.
    if (sandboxOnly && !record.sandbox) continue;
    redactor.register(record.accessToken);
    return { home: folder, record };
  }
  return undefined;
}

/**
 * The machine's sign-in, which must not have ended.
 *
 * Errors: AUTH_NOT_SIGNED_IN, AUTH_SIGN_IN_EXPIRED.
 */
export function requireSignIn(found: FoundRecord | undefined, now: number): FoundRecord {
  if (!found) throw new SallyportError("AUTH_NOT_SIGNED_IN", { message: "Nobody is signed in on this machine." });
  const gone = now - Date.parse(found.record.expiresAt);
  if (gone >= 0) {
    throw new SallyportError("AUTH_SIGN_IN_EXPIRED", {
      message: `Your sign-in ended ${spanText(gone)} ago.`,
      ...(found.record.sandbox ? { next: `sallyport login --as ${found.record.person || "PERSON"}` } : {}),
    });
  }
  return found;
}

/**
 * A span of time in people's units, rounded down to one unit.
 *
 * @example spanText(190_000) // "3 min"
 */
export function spanText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return `${Math.max(0, Math.floor(ms / 1000))} s`;
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}
