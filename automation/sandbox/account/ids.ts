import { createHash } from "node:crypto";

/** Random bytes, injected; seeded in tests. */
export type RandomBytes = (size: number) => Buffer;

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BASE36_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** `length` random hexadecimal digits, lower case. */
export function hex(random: RandomBytes, length: number): string {
  return random(Math.ceil(length / 2))
    .toString("hex")
    .slice(0, length);
}

/**
 * The id of an EC2 thing: prefix and 17 hexadecimal digits.
 *
 * @example ec2Id(random, "vpc") // "vpc-0a1b2c3d4e5f60718"
 */
export function ec2Id(random: RandomBytes, prefix: string): string {
  return `${prefix}-0${hex(random, 16)}`;
}

/** A random UUID (version 4). */
export function uuid(random: RandomBytes): string {
  const bytes = Buffer.from(random(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const text = bytes.toString("hex");
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
}

/**
 * IAM's unique id: `AROA` role, `AIPA` profile, `AKIA` key, `ASIA` temporary key; the whole is `size` characters long.
 *
 * @example uniqueId(random, "AROA") // "AROAJ5PQ2M7KD4WXYZ3AB"
 */
export function uniqueId(random: RandomBytes, prefix: "AROA" | "AIPA" | "AKIA" | "ASIA", size = 21): string {
  return prefix + pick(random, BASE32, size - prefix.length);
}

/** The part of an RDS resource id after its prefix: 26 characters. */
export function rdsResourceId(random: RandomBytes): string {
  return pick(random, BASE36_UPPER, 26);
}

/** `length` letters and digits, e.g. the end of a secret's ARN. */
export function alphanumeric(random: RandomBytes, length: number): string {
  return pick(random, ALPHANUMERIC, length);
}

/** The twelve characters in every RDS endpoint of an account and region: always the same for the same two. */
export function endpointHash(account: string, region: string): string {
  const bytes = createHash("sha256").update(`rds ${account} ${region}`).digest();
  return [...bytes.subarray(0, 12)].map((byte) => BASE36_UPPER.toLowerCase()[byte % 36]).join("");
}

/** A stable UUID for something that every account and region has once, e.g. the AWS-managed key of a service. */
export function stableUuid(...parts: readonly string[]): string {
  return uuid(() => createHash("sha256").update(parts.join(" ")).digest().subarray(0, 16));
}

function pick(random: RandomBytes, alphabet: string, length: number): string {
  return [...random(length)].map((byte) => alphabet[byte % alphabet.length]).join("");
}
