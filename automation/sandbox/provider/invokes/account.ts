import { regionDescription, zonesOf } from "../../account/regions";
import { PARTITION } from "../../account/arn";
import type { Props } from "../../account/estate";
import { ProviderError } from "../../account/aws-error";
import { texts } from "../resource-type";
import type { Invoke } from "./invoke";
import { plainText } from "../../account/plain-text";

/** Who calls. */
export const getCallerIdentity: Invoke = {
  args: [],
  noun: "STS Caller Identity",
  service: "STS",
  operation: "GetCallerIdentity",
  run: ({ principal }) => ({
    accountId: principal.account,
    arn: principal.arn,
    userId: principal.userId,
    id: principal.account,
  }),
};

/** The region of the provider instance. */
export const getRegion: Invoke = {
  args: ["name", "id"],
  noun: "Region",
  service: "STS",
  operation: "GetRegion",
  run: (aws, args) => {
    const region = typeof args.name === "string" ? args.name : aws.region;
    const description = regionDescription(region);
    if (description === undefined) throw new ProviderError(`region not found for "${region}"`);
    return { region, name: region, id: region, description, endpoint: `ec2.${region}.amazonaws.com` };
  },
};

/** The partition: always the sandbox's one. */
export const getPartition: Invoke = {
  args: [],
  noun: "Partition",
  service: "STS",
  operation: "GetPartition",
  run: () => ({ partition: PARTITION, id: PARTITION, dnsSuffix: "amazonaws.com", reverseDnsPrefix: "com.amazonaws" }),
};

/** The zones of a region; there are no local zones, so the filter `opt-in-status` changes nothing. */
export const getAvailabilityZones: Invoke = {
  args: ["state", "filters", "excludeNames", "excludeZoneIds", "allAvailabilityZones"],
  noun: "EC2 Availability Zones",
  service: "EC2",
  operation: "DescribeAvailabilityZones",
  run: (aws, args) => {
    for (const filter of (args.filters ?? []) as Props[]) {
      if (filter.name !== "opt-in-status")
        throw new ProviderError(`the sandbox does not simulate the filter ${plainText(filter.name)}`);
    }
    const [names, ids] = [texts(args, "excludeNames"), texts(args, "excludeZoneIds")];
    const available = args.state === undefined || args.state === "available";
    const zones = available
      ? zonesOf(aws.region).filter((zone) => !names.includes(zone.name) && !ids.includes(zone.id))
      : [];
    return {
      names: zones.map((zone) => zone.name),
      zoneIds: zones.map((zone) => zone.id),
      groupNames: [aws.region],
      id: aws.region,
    };
  },
};
