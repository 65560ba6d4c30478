import { terminalText } from "../../core/terminal-text";
import type { ProgressEvent } from "../../core/events";
import { resourceProgress, type EngineEventLike } from "../../pulumi/engine-events";

const DONE: Readonly<Record<string, string>> = {
  create: "created",
  update: "updated",
  delete: "deleted",
  replace: "replaced",
  import: "imported",
  read: "read",
};

/** Components that are a stack's whole: its end is told by the step. */
const WHOLE = new Set(["sallyport:index:Platform", "sallyport:sql:Database"]);

/** What AWS takes its time for, and how long that usually is: a person who waits should know for what. */
const SLOW: Readonly<Record<string, string>> = {
  "aws:ec2/vpcEndpoint:VpcEndpoint": "usually a minute or two in AWS",
  "aws:rds/cluster:Cluster": "usually a minute or two in AWS",
  "aws:rds/clusterInstance:ClusterInstance": "usually 5–9 min in AWS",
};

/** `sallyport:network:SecurityGroups` → `security groups`; undefined for resources. */
function componentWords(type: string): string | undefined {
  const name = /^sallyport:\w+:(\w+)$/.exec(type)?.[1];
  return name?.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}

/**
 * The progress line of an engine event; nothing for what did not change, and for the halves of a replacement.
 *
 * @example
 * stackProgress("Platform", "up", { resOutputsEvent: { metadata: { op: "create", urn: "urn:…::vpc", type: "aws:ec2/vpc:Vpc" } } })
 * // { type: "stack.resource", stage: "Platform", mark: "done", text: 'created aws:ec2/vpc:Vpc "vpc"', data: { … } }
 */
export function stackProgress(stage: string, operation: string, event: EngineEventLike): ProgressEvent | undefined {
  const resource = resourceProgress(event);
  const done = resource && DONE[resource.op];
  if (!resource || done === undefined) return undefined;
  // A preview does nothing: say once what would be done.
  if (operation === "preview" && resource.phase !== "started") return undefined;
  const { urn, type, name, op, phase } = resource;
  const component = componentWords(type);
  const thing = component ?? `${type} "${terminalText(name)}"`;
  const words =
    operation === "preview"
      ? `would ${op}`
      : phase === "started"
        ? `${op}:`
        : phase === "done"
          ? done
          : `could not ${op}`;
  const mark = operation === "preview" ? "note" : phase === "started" ? "going" : phase;
  const slow = mark === "going" ? SLOW[type] : undefined;
  // A component stands for its children; what fails, what takes long and what a preview plans is shown.
  const detail =
    (mark === "going" && slow === undefined) || (mark === "done" && (component === undefined || WHOLE.has(type)));
  return {
    type: "stack.resource",
    stage,
    mark,
    ...(detail ? { detail } : {}),
    text: slow === undefined ? `${words} ${thing}` : `${words} ${thing}: ${slow}`,
    data: { operation, op, phase, urn, resourceType: type, name },
  };
}
