import { knownOf } from "../known-elements";
import type { Parameter, StackResource } from "../rule";
import { isObject, textOf } from "../values";

/**
 * Whether a list of settings names a group: by its id, its name in the program, its `name`, or its tag `Name`. A name that is not
 * known yet does not count: the name in the program always is.
 *
 * @example namesGroup(["reports", "sg-0123456789abcdef0"], "urn:…", group)
 */
export function namesGroup(names: readonly string[], key: string, group: StackResource | undefined): boolean {
  const own = group
    ? knownOf([
        () => group.name,
        () => group.props["id"],
        () => group.props["name"],
        () => [group.props["tags"]].filter(isObject).map((tags) => tags["Name"])[0],
      ]).values.map(textOf)
    : [key];
  return own.some((name) => name !== "" && names.includes(name));
}

/** The setting of the rules about databases: groups beside the bastion's that may dial them. */
export const DATABASE_CLIENTS: Parameter = {
  type: "strings",
  default: [],
  about: "Names or ids of groups of applications that may use the databases",
};

/** A setting that is a list of texts. */
export function textsOf(setting: unknown): readonly string[] {
  return Array.isArray(setting) ? (setting as readonly string[]) : [];
}
