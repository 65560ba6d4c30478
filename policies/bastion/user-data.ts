import { gunzipSync } from "node:zlib";
import type { ResourceRule } from "../rule";
import { textOf } from "../values";
import { secretIn } from "./secret-text";
import { CONFIGURATION, INSTANCES, TEMPLATE } from "./types";

/** User data is at most 16 KiB (EC2 user guide); a compressed one that grows beyond this is no script. */
const UNPACKED = 4_194_304;
const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;

/** What an instance runs first holds no secret. */
export const ec2NoSecretsUserdata: ResourceRule = {
  id: "ec2-no-secrets-userdata",
  title: "The user data of an instance holds no secret",
  why: "Whatever runs on the instance can read it, and so can everybody who may describe instances",
  severity: "critical",
  level: "mandatory",
  references: ["AWS Well-Architected SEC02", "EC2 user guide: Run commands at launch"],
  fix: "Fetch it when the script runs, e.g. by aws secretsmanager get-secret-value with the instance's role, and leave it out of userData",
  types: [...INSTANCES, TEMPLATE, CONFIGURATION],
  check: ({ props }, { report, part }) => {
    for (const property of ["userData", "userDataBase64"]) {
      part(() => {
        const text = textOf(props[property]);
        for (const read of [text, unpacked(text)]) {
          if (read === undefined) return report(`${property} is compressed and cannot be read`);
          const found = secretIn(read);
          if (found !== undefined) return report(`${property} holds what looks like ${found}`);
        }
      });
    }
  },
};

/** Base64 as its text, gzip in it unpacked; empty for what is neither, undefined for gzip that is broken. */
function unpacked(text: string): string | undefined {
  if (!BASE64.test(text)) return "";
  const bytes = Buffer.from(text, "base64");
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString("utf8");
  try {
    return gunzipSync(bytes, { maxOutputLength: UNPACKED }).toString("utf8");
  } catch {
    return undefined;
  }
}
