import { knownOf } from "../known-elements";
import { linksOf, type Links } from "../network/links";
import { vpcsOf } from "../network/vpc-of";
import type { StackResource } from "../rule";
import { textOf } from "../values";

export const GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const VPCS = ["aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc"];

/** What a property names: keys of groups, and whether some of it is not known yet. */
export interface NamedGroups {
  readonly keys: readonly string[];
  readonly open: boolean;
}

/**
 * The security groups of a stack, each under one key however it is named: the URN of a group of the program, `default of <vpc>`
 * for a default group that the program leaves alone, and the id itself for a group from elsewhere.
 */
export class Groups {
  private readonly ids = new Map<string, string>();
  private readonly byKey = new Map<string, StackResource>();
  private readonly defaults = new Map<string, string>();
  readonly links: Links;

  constructor(resources: readonly StackResource[]) {
    this.links = linksOf(resources);
    for (const group of resources) {
      if (group.type !== GROUP && group.type !== DEFAULT_GROUP) continue;
      this.byKey.set(group.urn, group);
      for (const property of ["id", "arn"]) this.note(group, property, group.urn);
      if (group.type === DEFAULT_GROUP) for (const vpc of vpcsOf(group, this.links)) this.defaults.set(vpc, group.urn);
    }
    for (const vpc of resources)
      if (VPCS.includes(vpc.type)) this.note(vpc, "defaultSecurityGroupId", this.defaultOf(vpc.urn));
  }

  /** Every group of the program. */
  get own(): readonly StackResource[] {
    return [...this.byKey.values()];
  }

  /** The group of the program under a key; undefined for one from elsewhere and for a default group that is left alone. */
  resource(key: string): StackResource | undefined {
    return this.byKey.get(key);
  }

  /** Key of the default group of a VPC. */
  defaultOf(vpc: string): string {
    return this.defaults.get(vpc) ?? `default of ${vpc}`;
  }

  /** Whether a key is that of a default group, managed or not. */
  isDefault(key: string): boolean {
    return this.byKey.get(key)?.type === DEFAULT_GROUP || key.startsWith("default of ");
  }

  /**
   * The groups that one value of a property names: by the value where it is known, else by where the property comes from. Of
   * several origins nobody knows which it is: all of them then.
   */
  named(resource: StackResource, property: string, read: () => unknown): NamedGroups {
    const { values } = knownOf([read]);
    const value = textOf(values[0]);
    const own = this.ids.get(value);
    if (own !== undefined) return { keys: [own], open: false };
    // A value that is known is no id that is not: of the origins it can only be a name.
    const origins = this.origins(resource, property).filter((key) => value === "" || this.isName(key, value));
    if (origins.length > 0) return { keys: origins, open: false };
    if (value !== "") return { keys: [value], open: false };
    return { keys: [], open: values.length === 0 };
  }

  /** The groups that a property comes from, by the engine's record. A VPC stands for its default group. */
  origins({ propertyDependencies }: StackResource, property: string): string[] {
    const origins = propertyDependencies[property] ?? [];
    const groups = origins.filter(({ urn }) => this.byKey.has(urn)).map(({ urn }) => urn);
    if (groups.length > 0) return [...new Set(groups)];
    return origins.filter(({ type }) => VPCS.includes(type)).map(({ urn }) => this.defaultOf(urn));
  }

  private isName(key: string, value: string): boolean {
    return knownOf([() => this.byKey.get(key)?.props["name"]]).values.includes(value);
  }

  private note(resource: StackResource, property: string, key: string): void {
    const id = textOf(knownOf([() => resource.props[property]]).values[0]);
    if (id !== "") this.ids.set(id, key);
  }
}
