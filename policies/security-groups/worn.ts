import { bastionsOf } from "../network/bastions";
import { databasesOf } from "../network/access-path";
import { vpcsOf } from "../network/vpc-of";
import { written } from "../network/written";
import { knownOf } from "../known-elements";
import type { Properties, StackResource, StackVerdict } from "../rule";
import { elements, isObject, isSet, textOf } from "../values";
import type { Groups } from "./groups";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
/** Puts a group on an interface. */
const ATTACHMENT = "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment";
/** Puts a group on an endpoint. */
const ASSOCIATION = "aws:ec2/securityGroupAssociation:SecurityGroupAssociation";
const STICKERS: Readonly<Record<string, string>> = {
  [ATTACHMENT]: "networkInterfaceId",
  [ASSOCIATION]: "vpcEndpointId",
};

/** Properties that name groups of the thing itself. */
const WORN = ["vpcSecurityGroupIds", "securityGroupIds", "securityGroups"] as const;
/** Properties that lead to something whose groups the thing wears: templates, interfaces. */
const THROUGH = [
  "networkInterfaces",
  "primaryNetworkInterface",
  "launchTemplate",
  "launchConfiguration",
  "mixedInstancesPolicy",
] as const;
/** Services by which an agent reaches Session Manager. */
export const SESSION_SERVICES: readonly string[] = ["ssm", "ssmmessages", "ec2messages"];

/** A group, and what wears it. */
export interface Worn {
  readonly key: string;
  readonly by: StackResource;
}

/** The groups of things in a stack. What is not known is said, as `groups of <name>`. */
export class Wardrobe {
  private readonly known = new Map<string, readonly string[]>();

  constructor(
    private readonly resources: readonly StackResource[],
    private readonly groups: Groups,
    private readonly verdict: Pick<StackVerdict, "part" | "undecided">,
  ) {}

  /** Groups of bastions, and groups of the program that say so by a tag `role: bastion`. */
  ofBastions(): Worn[] {
    const worn = this.all(bastionsOf(this.resources, this.verdict));
    const tagged = this.groups.own.filter(
      (group) => !worn.some(({ key }) => key === group.urn) && this.isTagged(group),
    );
    return [...worn, ...tagged.map((by) => ({ key: by.urn, by }))];
  }

  /** Groups of databases and RDS proxies. */
  ofDatabases(): Worn[] {
    return this.all(databasesOf(this.resources));
  }

  /** Groups of the interface endpoints of Session Manager. */
  ofEndpoints(): Worn[] {
    return this.all(
      this.resources.filter((resource) => resource.type === ENDPOINT && this.isSessionEndpoint(resource)),
    );
  }

  /** Groups of one thing; without any it wears the default group of its VPC. */
  of(thing: StackResource): readonly string[] {
    const keys = this.known.get(thing.urn) ?? this.read(thing);
    this.known.set(thing.urn, keys);
    return keys;
  }

  private read(thing: StackResource): string[] {
    const { keys, open } = this.collect(thing, new Set());
    if (open) this.verdict.undecided(`groups of ${thing.name}`);
    if (keys.length > 0 || open) return [...new Set(keys)];
    const vpcs = vpcsOf(thing, this.groups.links);
    if (vpcs.length === 0) this.verdict.undecided(`groups of ${thing.name}`);
    return vpcs.map((vpc) => this.groups.defaultOf(vpc));
  }

  private all(things: readonly StackResource[]): Worn[] {
    const worn = new Map<string, Worn>();
    for (const by of things) for (const key of this.of(by)) if (!worn.has(key)) worn.set(key, { key, by });
    return [...worn.values()];
  }

  private collect(thing: StackResource, seen: ReadonlySet<string>): { keys: string[]; open: boolean } {
    const keys: string[] = [];
    let open = false;
    const take = (named: { readonly keys: readonly string[]; readonly open: boolean }): void => {
      keys.push(...named.keys);
      open ||= named.open;
    };
    for (const property of WORN) {
      // Beside ids, AWS tells the names of the same groups again.
      if (property === "securityGroups" && keys.length > 0) continue;
      const { values } = knownOf([() => written(thing, property)]);
      const readers = values.length === 0 ? [() => written(thing, property)] : elements(values[0]);
      for (const read of readers) take(this.groups.named(thing, property, read));
    }
    for (const property of THROUGH) {
      take({ keys: this.groups.origins(thing, property).filter((key) => this.groups.resource(key)), open: false });
      for (const read of interfaceGroups(thing, property)) take(this.groups.named(thing, property, read));
      const origins = this.groups.links(thing, property);
      for (const origin of origins) if (!seen.has(origin.urn)) take(this.collect(origin, new Set(seen).add(thing.urn)));
      if (keys.length === 0 && origins.length === 0 && leadsElsewhere(thing, property)) open = true;
    }
    for (const sticker of this.resources) {
      const on = STICKERS[sticker.type];
      if (on === undefined || !this.groups.links(sticker, on).some(({ urn }) => urn === thing.urn)) continue;
      take(this.groups.named(sticker, "securityGroupId", () => sticker.props["securityGroupId"]));
    }
    return { keys, open };
  }

  private isTagged(group: StackResource): boolean {
    let tagged = false;
    this.verdict.part(() => {
      const tags = group.props["tags"];
      if (!isObject(tags)) return;
      for (const key of Object.keys(tags))
        if (key.toLowerCase() === "role") tagged ||= textOf(tags[key]).toLowerCase() === "bastion";
    });
    return tagged;
  }

  private isSessionEndpoint(endpoint: StackResource): boolean {
    let found = false;
    this.verdict.part(() => (found = isSessionService(endpoint.props["serviceName"])));
    return found;
  }
}

/** Whether a service name is one of Session Manager's, e.g. `com.amazonaws.eu-west-2.ssmmessages`. */
export function isSessionService(name: unknown, services: readonly string[] = SESSION_SERVICES): boolean {
  return services.includes(textOf(name).split(".").at(-1) ?? "");
}

/** The group ids in network interfaces that stand inside a template. */
function interfaceGroups(thing: StackResource, property: string): (() => unknown)[] {
  return entries(thing, property).flatMap((entry) =>
    ["securityGroups", "securityGroupIds"].flatMap((inner) => {
      const { values } = knownOf([() => entry[inner]]);
      return values.length === 0 ? [() => entry[inner]] : elements(values[0]);
    }),
  );
}

/** Whether a property leads to something that the program does not have: a given template, an interface from elsewhere. */
function leadsElsewhere(thing: StackResource, property: string): boolean {
  const { values } = knownOf([() => written(thing, property)]);
  if (values.length === 0) return true;
  if (property !== "networkInterfaces") return isSet(values[0]);
  return entries(thing, property).some((entry) => {
    const id = knownOf([() => entry["networkInterfaceId"]]).values;
    return id.length === 0 || isSet(id[0]);
  });
}

function entries(thing: StackResource, property: string): Properties[] {
  const { values } = knownOf([() => written(thing, property)]);
  return elements(values[0])
    .flatMap((read) => knownOf([read]).values)
    .filter(isObject);
}
