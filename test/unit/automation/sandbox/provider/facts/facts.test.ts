import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { AWS_FACTS, factsOf } from "../../../../../../automation/sandbox/provider/facts/facts";
import { RESOURCE_TYPES } from "../../../../../../automation/sandbox/provider/resource-types";
import { ROOT } from "../../../../../support/source-files";

/** Codes of AWS that the table of facts does not list by type, each documented for its API. */
const FURTHER_CODES = [
  "InvalidSubnetID.NotFound", // EC2 error codes
  "InvalidRouteTableID.NotFound",
  "InsufficientFreeAddressesInSubnet",
  "LogDestinationNotFoundException",
  "VPCIdNotSpecified",
];

function codesUnder(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) =>
      [...readFileSync(path.join(ROOT, folder, file), "utf8").matchAll(/new AwsError\(\s*"([^"]+)"/g)].map(
        (match) => match[1] ?? "",
      ),
    );
}

describe("facts of @pulumi/aws", () => {
  it("every type has its facts and every fact its type", () => {
    assert.deepEqual(RESOURCE_TYPES.map(({ token }) => token).sort(), Object.keys(AWS_FACTS).sort());
    assert.throws(() => factsOf("aws:s3/bucket:Bucket"), /no facts of aws:s3\/bucket:Bucket/);
  });

  it("T110 every error code that a type raises is one that AWS has", () => {
    const known = new Set([
      ...Object.values(AWS_FACTS).flatMap(({ codes }) => codes.flatMap((code) => code.split("/"))),
      ...FURTHER_CODES,
    ]);
    const raised = codesUnder("automation/sandbox/provider/types");
    assert.ok(raised.length > 60, `${raised.length} found`);
    assert.deepEqual(
      [...new Set(raised)].filter((code) => !known.has(code)),
      [],
    );
    assert.deepEqual(
      FURTHER_CODES.filter((code) => !raised.includes(code)),
      [],
    );
  });

  it("what replaces, is required, filled or secret is an input, and nothing pure is", () => {
    for (const [token, facts] of Object.entries(AWS_FACTS)) {
      const unknown = [...facts.replace, ...facts.required, ...facts.filled, ...facts.secret].filter(
        (key) => !(key in facts.inputs),
      );
      assert.deepEqual(unknown, [], token);
      assert.deepEqual(
        facts.pure.filter((key) => key in facts.inputs),
        [],
        token,
      );
    }
  });
});
