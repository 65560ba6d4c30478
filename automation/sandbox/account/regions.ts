interface Region {
  readonly description: string;
  /** Prefix of its zone ids. */
  readonly zoneId: string;
}

/** Regions of the sandbox; each has three zones, a to c. */
const REGIONS: Readonly<Record<string, Region>> = {
  "eu-west-1": { description: "Europe (Ireland)", zoneId: "euw1" },
  "eu-west-2": { description: "Europe (London)", zoneId: "euw2" },
  "eu-central-1": { description: "Europe (Frankfurt)", zoneId: "euc1" },
  "us-east-1": { description: "US East (N. Virginia)", zoneId: "use1" },
};

/** A zone of a region. */
export interface Zone {
  readonly name: string;
  readonly id: string;
}

/** Zones of a region, in order; none for a region that the sandbox does not have. The letters' order is the account's own. */
export function zonesOf(region: string): readonly Zone[] {
  const known = REGIONS[region];
  if (!known) return [];
  const order = [2, 3, 1];
  return ["a", "b", "c"].map((letter, index) => ({
    name: `${region}${letter}`,
    id: `${known.zoneId}-az${order[index]}`,
  }));
}

/** A region's name for people; `undefined` for a region that the sandbox does not have. */
export function regionDescription(region: string): string | undefined {
  return REGIONS[region]?.description;
}
