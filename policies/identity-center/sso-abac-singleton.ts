import { elements, isObject } from "../values";
import type { StackResource, StackRule, StackVerdict } from "../rule";
import { knownOf } from "../known-elements";
import { ATTRIBUTES } from "./types";

/** The organisation's attributes have one owner. */
export const ssoAbacSingleton: StackRule = {
  id: "sso-abac-singleton",
  title:
    "The attributes for access control are written by their owner only, whole, and from sources that people cannot change",
  why: "There is one set of attributes for the organisation: writing it replaces everybody's, and their rights with it",
  severity: "critical",
  level: "mandatory",
  references: ["Identity Center user guide: Attributes for access control"],
  fix: "Leave InstanceAccessControlAttributes out; in the stack that owns it, switch the setting owner on, and list every attribute with an allowed source",
  parameters: {
    owner: { type: "boolean", default: false, about: "Whether this stack owns the organisation's attributes" },
    attributes: { type: "strings", default: [], about: "Keys that must stay" },
    sources: {
      type: "strings",
      default: ["${path:userName}"],
      about: "Sources that attributes may come from",
    },
  },
  checkStack: (resources, verdict, { owner, attributes, sources }) => {
    const all = resources.filter(({ type }) => type === ATTRIBUTES);
    for (const [index, each] of all.entries()) {
      if (owner !== true) verdict.report("The attributes are written by a stack that does not own them", each);
      else if (index > 0) verdict.report("The attributes are written more than once", each);
      else verdict.part(() => whole(each, attributes as readonly string[], sources as readonly string[], verdict));
    }
  },
};

function whole(
  resource: StackResource,
  wanted: readonly string[],
  allowed: readonly string[],
  verdict: StackVerdict,
): void {
  const all = elements(resource.props["attributes"]);
  all.forEach((attribute, index) =>
    verdict.part(() => {
      for (const source of sourcesOf(attribute()))
        verdict.part(() => {
          if (!allowed.includes(String(source())))
            verdict.report(`attributes[${index}] comes from a source that is not allowed`, resource);
        });
    }),
  );
  const keys = knownOf(all.map((attribute) => () => keyOf(attribute())));
  if (wanted.every((key) => keys.values.includes(key))) return;
  keys.complete();
  verdict.report("attributes leaves out one that must stay", resource);
}

function keyOf(attribute: unknown): unknown {
  return isObject(attribute) ? attribute["key"] : undefined;
}

function sourcesOf(attribute: unknown): (() => unknown)[] {
  if (!isObject(attribute)) return [];
  return elements(attribute["values"]).flatMap((read) => {
    const value = read();
    return isObject(value) ? elements(value["sources"]) : [];
  });
}
