import { isInForce, type Exemption } from "./exemptions";

/** The exemptions that one run of the engine met: what is in force is named once, at the end. */
export class ExemptionLedger {
  private readonly rules = new Map<string, { readonly all: readonly Exemption[]; readonly used: Set<Exemption> }>();

  /** The exemptions of a rule when it speaks first in a run; nothing afterwards. */
  open(rule: string, exemptions: readonly Exemption[]): readonly Exemption[] {
    if (this.rules.has(rule)) return [];
    this.rules.set(rule, { all: exemptions, used: new Set() });
    return exemptions;
  }

  /** Whether a rule has spoken in this run. */
  knows(rule: string): boolean {
    return this.rules.has(rule);
  }

  /** Notes that an exemption covered a violation; any object with its words will do, for the SDK makes new ones at each call. */
  use(rule: string, { resource, until }: Exemption): void {
    const entry = this.rules.get(rule);
    const same = entry?.all.find((each) => each.resource === resource && each.until === until);
    if (same) entry?.used.add(same);
  }

  /**
   * What is in force on a day, as sentences; what was taken is forgotten.
   *
   * @example ledger.take("2027-01-01") // ["In force: sg-no-world for legacy-web until 2027-01-31 (it moves)."]
   */
  take(today: string): string[] {
    const inForce: string[] = [];
    const unused: string[] = [];
    for (const [rule, { all, used }] of this.rules) {
      for (const each of all.filter((exemption) => isInForce(exemption, today))) {
        const text = `${rule} for ${each.resource} until ${each.until}`;
        if (used.has(each)) inForce.push(`${text} (${each.reason})`);
        else unused.push(text);
      }
    }
    this.rules.clear();
    return [...sentence("In force", inForce), ...sentence("Nothing to exempt in this run", unused)];
  }
}

function sentence(head: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`${head}: ${items.join("; ")}.`];
}
