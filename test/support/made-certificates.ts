import { randomBytes } from "node:crypto";
import {
  makeAuthority as makeSandboxAuthority,
  type ServerCertificate,
} from "../../automation/sandbox/certificates/authority";

/** A certificate and its key, PEM. */
export type MadeCertificate = ServerCertificate;

/** An authority for one test. */
export interface MadeAuthority {
  readonly ca: string;
  /** A certificate for these names; `at` (milliseconds) is when it is issued, for a year. */
  issue(names: readonly string[], at?: number): Promise<MadeCertificate>;
}

/** Makes an authority that nobody else knows. */
export async function makeAuthority(): Promise<MadeAuthority> {
  let now = Date.now();
  const authority = await makeSandboxAuthority(
    () => now,
    () => randomBytes(16),
  );
  return {
    ca: authority.caPem,
    issue: async (names, at = Date.now()) => {
      now = at;
      return authority.issue(names);
    },
  };
}
