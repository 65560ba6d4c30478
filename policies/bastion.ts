import type { ResourceRule } from "./rule";
import { elements, isFalse, isObject, isSet, isTrue } from "./values";

const INSTANCES = ["aws:ec2/instance:Instance", "aws:ec2/spotInstanceRequest:SpotInstanceRequest"];
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const CONFIGURATION = "aws:ec2/launchConfiguration:LaunchConfiguration";

/** An instance says that it has no public address. */
export const netBastionNoPublicIp: ResourceRule = {
  id: "net-bastion-no-public-ip",
  title: "An instance has no public address, and says so",
  why: "Left out, the subnet decides; a bastion with a public address can be dialled past Session Manager",
  severity: "high",
  level: "mandatory",
  references: ["FSBP EC2.9"],
  fix: "Write associatePublicIpAddress: false",
  types: [...INSTANCES, CONFIGURATION],
  check: ({ props }, { report }) => {
    const asked = props["associatePublicIpAddress"];
    if (isTrue(asked)) return report("associatePublicIpAddress is on");
    // A network interface that is handed in has its addresses already; the property may not stand beside it.
    const handedIn = isSet(props["primaryNetworkInterface"]) || elements(props["networkInterfaces"]).length > 0;
    if (!isFalse(asked) && !handedIn) report("associatePublicIpAddress is left to the subnet");
  },
};

/** No network interface of a launch template asks for a public address. */
export const netLtNoPublicIp: ResourceRule = {
  id: "net-lt-no-public-ip",
  title: "A launch template asks for no public address",
  why: "Every instance started from it could be dialled past Session Manager",
  severity: "high",
  level: "mandatory",
  references: ["FSBP EC2.25"],
  fix: 'Write associatePublicIpAddress: "false" in each of networkInterfaces',
  types: [TEMPLATE],
  check: ({ props }, { report, part }) => {
    elements(props["networkInterfaces"]).forEach((read, index) =>
      part(() => {
        const entry = read();
        if (isObject(entry) && isTrue(entry["associatePublicIpAddress"]))
          report(`networkInterfaces[${index}].associatePublicIpAddress is on`);
      }),
    );
  },
};

/** The metadata service asks for a token. */
export const ec2Imdsv2: ResourceRule = {
  id: "ec2-imdsv2",
  title: "The metadata service of an instance answers only with a token",
  why: "Version 1 gives the instance role's credentials to any request that a program can be tricked into sending",
  severity: "high",
  level: "mandatory",
  references: ["FSBP EC2.8", "FSBP EC2.170", "FSBP AutoScaling.3"],
  fix: 'Write metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 }',
  types: [...INSTANCES, TEMPLATE, CONFIGURATION],
  check: ({ props }, { report, part }) => {
    const options = props["metadataOptions"];
    if (!isObject(options)) return report("metadataOptions is missing");
    if (options["httpEndpoint"] === "disabled") return;
    part(() => {
      if (options["httpTokens"] !== "required") report("metadataOptions.httpTokens is not required");
    });
    part(() => {
      if (Number(options["httpPutResponseHopLimit"] ?? 1) > 1)
        report("metadataOptions.httpPutResponseHopLimit is more than 1");
    });
  },
};
