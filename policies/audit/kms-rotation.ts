import { eachResourceGrant } from "../documents/resource-policy";
import type { ResourceRule } from "../rule";
import { isSet, isTrue } from "../values";

/** Both names of the property that says what a key is for (`aws.kms.Key`; the first is the present one). */
const SPECS = ["customerMasterKeySpec", "keySpec"] as const;

/** Keys rotate, and belong to somebody. */
export const kmsRotation: ResourceRule = {
  id: "kms-rotation",
  title: "A key rotates, and its policy names who may use it",
  why: "Whoever copied key material once could read everything after; a policy for everybody gives the data away",
  severity: "medium",
  level: "mandatory",
  references: ["FSBP KMS.4", "CIS AWS Foundations 3.6"],
  fix: "Write enableKeyRotation: true, and in policy the Principal or a Condition",
  types: ["aws:kms/key:Key"],
  check: (resource, verdict) => {
    const { props } = resource;
    verdict.part(() => {
      if (!isTrue(props["enableKeyRotation"]) && canRotate(SPECS.map((spec) => props[spec]).find(isSet)))
        verdict.report("enableKeyRotation is not on");
    });
    eachResourceGrant(resource, "policy", verdict, ({ principals, conditions }, place) => {
      if (principals.length === 0) return verdict.report(`${place} names no Principal`);
      if (principals.some(({ inverted }) => inverted))
        return verdict.report(`${place} allows all but its NotPrincipal`);
      if (conditions.length === 0 && principals.some(({ name }) => name === "*"))
        verdict.report(`${place} allows every Principal without Condition`);
    });
  },
};

/** Only symmetric keys for encryption rotate (KMS developer guide, "Rotate AWS KMS keys"). */
function canRotate(spec: unknown): boolean {
  return !isSet(spec) || spec === "SYMMETRIC_DEFAULT";
}
