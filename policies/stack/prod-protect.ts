import { CLUSTER, INSTANCE } from "../database/types";
import type { StackRule } from "../rule";

/** What cannot be made again. */
const LASTING = [
  CLUSTER,
  INSTANCE,
  "aws:cloudtrail/trail:Trail",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:kms/key:Key",
];

/** No run deletes what cannot be made again. */
export const prodProtect: StackRule = {
  id: "prod-protect",
  title: "Databases, keys and logs of a production stack are protected",
  why: "A renamed resource is deleted and made anew: empty, and without the past",
  severity: "medium",
  level: "advisory",
  references: ["Pulumi: resource option protect"],
  fix: "Write the resource option protect: true",
  parameters: { production: { type: "boolean", default: false, about: "Whether this is a production stack" } },
  checkStack: (resources, verdict, { production }) => {
    if (production !== true) verdict.notApplicable("the setting production is not on");
    for (const resource of resources)
      if (LASTING.includes(resource.type) && resource.opts?.protect !== true)
        verdict.report("protect is not on", resource);
  },
};
