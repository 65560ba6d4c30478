import type { StackResource, StackVerdict } from "../rule";
import { databasePort } from "./database-ports";
import { trafficOf, type Traffic } from "./traffic";
import type { TrafficRule } from "./traffic-rule";
import { Wardrobe, type Worn } from "./worn";

/** The groups of a stack as the rules of this folder see them. */
export class Estate {
  readonly traffic: Traffic;
  readonly wardrobe: Wardrobe;

  constructor(
    readonly resources: readonly StackResource[],
    private readonly verdict: Pick<StackVerdict, "part" | "undecided">,
  ) {
    this.traffic = trafficOf(resources);
    this.wardrobe = new Wardrobe(resources, this.traffic.groups, verdict);
  }

  /** Rules of a worn group; those of a group from elsewhere cannot be seen, which is said. */
  rules({ key, by }: Worn, direction: "ingress" | "egress"): TrafficRule[] {
    const { groups } = this.traffic;
    if (groups.resource(key) === undefined && !groups.isDefault(key))
      this.verdict.undecided(`rules of a group of ${by.name}`);
    return this.traffic.of(key, direction, this.verdict);
  }

  /** Whether a worn group is a default group that the program leaves as AWS made it: members to members, and everywhere. */
  isOpenDefault(key: string): boolean {
    const { groups } = this.traffic;
    return groups.isDefault(key) && groups.resource(key) === undefined;
  }

  /** Ports of the databases that wear a group; undefined as long as one is not known. */
  portsBehind(key: string, databases: readonly StackResource[]): readonly number[] | undefined {
    const ports = databases.filter((each) => this.wardrobe.of(each).includes(key)).map(databasePort);
    return ports.includes(undefined) ? undefined : (ports as number[]);
  }
}

/** Says each finding once, however many ways lead to it. */
export function once(verdict: Pick<StackVerdict, "report">): StackVerdict["report"] {
  const said = new Set<string>();
  return (found, resource) => {
    const line = `${resource.urn} ${found}`;
    if (!said.has(line)) verdict.report(found, resource);
    said.add(line);
  };
}
