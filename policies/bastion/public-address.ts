import type { ResourceRule } from "../rule";
import { elements, isFalse, isObject, isSet, isTrue } from "../values";
import { CONFIGURATION, INSTANCES, TEMPLATE } from "./types";

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
