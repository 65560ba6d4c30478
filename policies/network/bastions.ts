import { isObject } from "../values";
import type { StackResource, StackVerdict } from "../rule";

/** What a bastion can be: an instance, or a group that starts instances. */
const TYPES = [
  "aws:ec2/instance:Instance",
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
  "aws:autoscaling/group:Group",
];
/** Tag of this product's own door. */
const DOOR_TAG = "sallyport:door";

/**
 * The bastions of a stack: what is called so, by its name in the program or in any tag, and what carries the tag
 * `sallyport:door`. A tag that is not known yet leaves the resource undecided.
 */
export function bastionsOf(resources: readonly StackResource[], verdict: Pick<StackVerdict, "part">): StackResource[] {
  return resources.filter((resource) => {
    if (!TYPES.includes(resource.type)) return false;
    if (named(resource.name)) return true;
    let found = false;
    verdict.part(() => {
      const tags = resource.props["tags"];
      if (!isObject(tags)) return;
      for (const key of Object.keys(tags)) {
        if (named(key) || key === DOOR_TAG) found = true;
        else verdict.part(() => (found ||= named(tags[key])));
      }
    });
    return found;
  });
}

function named(text: unknown): boolean {
  return typeof text === "string" && /bastion/i.test(text);
}
