import type { ResourceRule, Verdict } from "../rule";
import { elements, isObject, isSet, isTrue } from "../values";
import { CONFIGURATION, INSTANCES, TEMPLATE } from "./types";

/** Disks are encrypted. */
export const ec2EbsEncrypted: ResourceRule = {
  id: "ec2-ebs-encrypted",
  title: "Every volume of an instance is encrypted, and says so",
  why: "Logs and memory dumps of a bastion tell who did what; left out, the account's default decides",
  severity: "medium",
  level: "mandatory",
  references: ["FSBP EC2.3", "FSBP EC2.7", "FSBP EC2.181"],
  fix: 'Write rootBlockDevice: { encrypted: true }, in a launch template blockDeviceMappings with ebs: { encrypted: "true" }',
  parameters: {
    encryptedByDefault: {
      type: "boolean",
      default: false,
      about: "Whether the account encrypts new volumes by default, so that encrypted may be left out",
    },
  },
  types: [...INSTANCES, TEMPLATE, CONFIGURATION],
  check: ({ type, props }, verdict, { encryptedByDefault }) => {
    const optional = isTrue(encryptedByDefault);
    if (type === TEMPLATE) return mappings(props["blockDeviceMappings"], optional, verdict);
    verdict.part(() => {
      const root = props["rootBlockDevice"];
      // A template says it for the instances that are started from it.
      if (isObject(root)) volume("rootBlockDevice.encrypted", root["encrypted"], optional, verdict);
      else if (!optional && !isSet(props["launchTemplate"])) verdict.report("rootBlockDevice is missing");
    });
    verdict.part(() =>
      elements(props["ebsBlockDevices"]).forEach((read, index) =>
        verdict.part(() => {
          const device = read();
          if (!isObject(device) || isTrue(device["noDevice"])) return;
          volume(`ebsBlockDevices[${index}].encrypted`, device["encrypted"], optional, verdict);
        }),
      ),
    );
  },
};

function mappings(value: unknown, optional: boolean, verdict: Verdict): void {
  const list = elements(value);
  if (list.length === 0 && !optional) return verdict.report("blockDeviceMappings is missing");
  list.forEach((read, index) =>
    verdict.part(() => {
      const mapping = read();
      const ebs = isObject(mapping) ? mapping["ebs"] : undefined;
      if (isObject(ebs)) volume(`blockDeviceMappings[${index}].ebs.encrypted`, ebs["encrypted"], optional, verdict);
    }),
  );
}

function volume(place: string, encrypted: unknown, optional: boolean, { report }: Verdict): void {
  if (!isTrue(encrypted) && !(optional && !isSet(encrypted))) report(`${place} is not on`);
}
