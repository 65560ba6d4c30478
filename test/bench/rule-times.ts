import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { AnalyzeRequest, AnalyzeStackRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import * as deserialize from "@pulumi/policy/deserialize";
import * as policy from "@pulumi/policy";
import { evaluateResource, evaluateStack } from "../../policies/evaluate";
import type { Properties, Resource, Rule, StackResource } from "../../policies/rule";
import { settingsOf } from "../../policies/settings";
import type { Request } from "./pack-process";

/** The SDK's own exports that its types leave out. */
const { unknownCheckingProxy } = policy as unknown as { readonly unknownCheckingProxy: (props: object) => Properties };
const { deserializeProperties } = deserialize as unknown as {
  readonly deserializeProperties: (properties: Struct | undefined, proxySecrets: boolean) => object;
};

/** What the engine showed the pack. */
export interface Shown {
  readonly resources: readonly Resource[];
  /** The whole stack, as often as it was shown. */
  readonly stacks: readonly (readonly StackResource[])[];
}

/** Recorded requests as rules see them. */
export function shownIn(requests: readonly Request[]): Shown {
  const of = (method: string): Buffer[] => requests.filter(([name]) => name.endsWith(method)).map(([, bytes]) => bytes);
  return { resources: of("/Analyze").map(resourceOf), stacks: of("/AnalyzeStack").map(stackOf) };
}

/** Milliseconds of each rule for all that was shown, without the SDK around it: the slowest first. */
export function ruleTimes(rules: readonly Rule[], { resources, stacks }: Shown): [rule: string, ms: number][] {
  const times = rules.map((rule): [string, number] => {
    const settings = settingsOf(rule, {});
    const begun = performance.now();
    if ("checkStack" in rule) for (const stack of stacks) evaluateStack(rule, stack, settings);
    else for (const resource of resources) evaluateResource(rule, resource, settings);
    return [rule.id, performance.now() - begun];
  });
  return times.sort(([, a], [, b]) => b - a);
}

const propsOf = (properties: Struct | undefined): Properties =>
  unknownCheckingProxy(deserializeProperties(properties, false));

function resourceOf(bytes: Buffer): Resource {
  const request = AnalyzeRequest.deserializeBinary(bytes);
  const props = propsOf(request.getProperties());
  return { type: request.getType(), name: request.getName(), urn: request.getUrn(), props };
}

function stackOf(bytes: Buffer): StackResource[] {
  const read = AnalyzeStackRequest.deserializeBinary(bytes).getResourcesList();
  const byUrn = new Map(
    read.map((each) => {
      const own = { type: each.getType(), name: each.getName(), urn: each.getUrn() };
      const propertyDependencies: Record<string, StackResource[]> = {};
      return [own.urn, { ...own, props: propsOf(each.getProperties()), propertyDependencies }] as const;
    }),
  );
  for (const each of read)
    each.getPropertydependenciesMap().forEach((from, property) => {
      const origins = from.getUrnsList().flatMap((urn) => byUrn.get(urn) ?? []);
      const own = byUrn.get(each.getUrn());
      if (own) own.propertyDependencies[property] = origins;
    });
  return [...byUrn.values()];
}
