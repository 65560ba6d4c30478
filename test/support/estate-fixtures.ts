import { createHash } from "node:crypto";
import { makeClocks } from "../../automation/sandbox/account/clocks";
import { DEFAULT_KNOBS, type Estate, type IssuedKey, type Principal } from "../../automation/sandbox/account/estate";
import { makeEstate } from "../../automation/sandbox/account/seed";

/** Random bytes that are the same in every run. */
export function seededBytes(seed = "estate"): (size: number) => Buffer {
  let count = 0;
  return (size) => {
    const parts: Buffer[] = [];
    for (let have = 0; have < size; have += 32) parts.push(createHash("sha256").update(`${seed} ${count++}`).digest());
    return Buffer.concat(parts).subarray(0, size);
  };
}

/** A seeded estate whose wall clock stands still at `now`. */
export function fixedEstate(now = Date.parse("2026-11-22T12:00:00Z")): Estate {
  const knobs = { ...DEFAULT_KNOBS };
  return makeEstate({
    clocks: makeClocks(
      knobs,
      () => now,
      () => 0,
    ),
    knobs,
    randomBytes: seededBytes(),
    startUrl: "https://sallyport-sandbox.awsapps.com/start",
  });
}

/** A person's principal behind a permission set. */
export function personPrincipal(permissionSetArn: string, parts: Partial<Principal> = {}): Principal {
  return {
    account: "000000000000",
    arn: "arn:aws:sts::000000000000:assumed-role/AWSReservedSSO_sp-payments-dev-developer_0123456789abcdef/jane@example.com",
    roleArn:
      "arn:aws:iam::000000000000:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_sp-payments-dev-developer_0123456789abcdef",
    userId: "AROAEXAMPLE0000000001:jane@example.com",
    sessionName: "jane@example.com",
    principalTags: { dbuser: "jane@example.com" },
    source: { kind: "permissionSet", arn: permissionSetArn },
    ...parts,
  };
}

/** A key with fixed contents. */
export function fixedKey(principal: Principal, parts: Partial<IssuedKey> = {}): IssuedKey {
  return {
    accessKeyId: "ASIAIOSFODNN7EXAMPLE",
    secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    sessionToken: "token+/=",
    expiresAt: Infinity,
    principal,
    ...parts,
  };
}
