import type { ResourceRule } from "../rule";
import { isObject } from "../values";
import { CONFIGURATION, INSTANCES, TEMPLATE } from "./types";

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
