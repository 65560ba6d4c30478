/** Something that can be closed; closing twice is allowed and does nothing the second time. */
export interface Closable {
  close(): Promise<void>;
}

/**
 * Closes what was opened, in reverse order, once. Later failures do not stop earlier closings; the first error is rethrown.
 *
 * @example
 * const closer = new Closer();
 * closer.add(() => server.close());
 * try { … } finally { await closer.close(); }
 */
export class Closer implements Closable {
  private readonly actions: (() => Promise<void> | void)[] = [];
  private closing: Promise<void> | undefined;

  /** Registers an action; one that is added after closing began runs at once. */
  add(action: () => Promise<void> | void): void {
    if (this.closing) {
      const after = this.closing;
      this.closing = after.finally(action);
      this.closing.catch(() => undefined);
      return;
    }
    this.actions.push(action);
  }

  close(): Promise<void> {
    this.closing ??= this.run();
    return this.closing;
  }

  private async run(): Promise<void> {
    const errors: unknown[] = [];
    for (const action of this.actions.reverse()) {
      try {
        await action();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}
