/** What stayed open in one run of the engine, by rule: said once, at the end. */
export class Undecided {
  private readonly open = new Map<string, Set<string>>();

  /** Notes that a rule could not decide something, e.g. `note("rds-iam-auth", "orders.engine")`. */
  note(rule: string, what: string): void {
    this.open.set(rule, (this.open.get(rule) ?? new Set()).add(what));
  }

  /** One line a rule, sorted; what was taken is forgotten. */
  take(): string[] {
    const lines = [...this.open].map(([rule, what]) => `${rule}: ${[...what].sort().join(", ")}`).sort();
    this.open.clear();
    return lines;
  }
}
