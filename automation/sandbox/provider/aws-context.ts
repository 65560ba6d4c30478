import type { CloudObject, Estate, Principal, Props } from "../account/estate";
import { arn } from "../account/arn";
import { ec2Id } from "../account/ids";
import type { ClusterRuntime } from "../account/ports";
import { AwsError } from "../account/aws-error";
import { WAITS, type Wait } from "./waits";

/**
 * Sleeps real milliseconds; rejects when the provider is cancelled. With `onward` it does not: the account's own time passes whether
 * anybody waits or not. For ever (Infinity) it sleeps until the provider is cancelled.
 */
export type Sleep = (realMs: number, onward?: boolean) => Promise<void>;

/** One caller's view of the account: what behaviours work with. */
export class AwsContext {
  constructor(
    readonly estate: Estate,
    readonly principal: Principal,
    readonly region: string,
    readonly clusters: ClusterRuntime,
    private readonly sleep: Sleep,
  ) {}

  get account(): string {
    return this.principal.account;
  }

  /** Lets AWS's time pass. */
  async wait(what: Wait): Promise<void> {
    await this.sleep(this.estate.clocks.realDelay(WAITS[what]));
  }

  /** The same view, for what the account does by itself: a provider that is cancelled does not stop it. */
  onward(): AwsContext {
    const { estate, principal, region, clusters } = this;
    return new AwsContext(estate, principal, region, clusters, (ms) => this.sleep(ms, true));
  }

  /** Waits for what the account does by itself; rejects when the provider is cancelled, and the account goes on. */
  async follow(progress: Promise<void>): Promise<void> {
    await Promise.race([progress, this.sleep(Infinity)]);
  }

  /** Does it again while it is refused for a reason that may pass, as the provider does. */
  async retry<T>(
    act: () => T | Promise<T>,
    limits: { readonly timeout: number; readonly interval: number },
    passing: (error: AwsError) => boolean,
  ): Promise<T> {
    const end = this.estate.clocks.work() + limits.timeout;
    for (;;) {
      try {
        return await act();
      } catch (error) {
        if (!(error instanceof AwsError) || !passing(error) || this.estate.clocks.work() >= end) throw error;
      }
      await this.sleep(this.estate.clocks.realDelay(limits.interval));
    }
  }

  /** A regional object of the caller's account. */
  find(token: string, id: unknown): CloudObject | undefined {
    return this.list(token).find((object) => object.id === id);
  }

  /** Objects of a type in the caller's account and region (IAM's are global). */
  list(token: string): CloudObject[] {
    return this.estate.list(token, this.account, token.startsWith("aws:iam/") ? "global" : this.region);
  }

  add(token: string, id: string, props: Props, hidden: Props = {}): CloudObject {
    const region = token.startsWith("aws:iam/") || token.startsWith("sandbox:iam:") ? "global" : this.region;
    return this.estate.add({ token, id, account: this.account, region, props, hidden });
  }

  /** A new EC2 id. */
  id(prefix: string): string {
    return ec2Id(this.estate.randomBytes, prefix);
  }

  /** ARN of something in the caller's account and region. */
  arn(service: string, resource: string): string {
    return arn(service, this.region, this.account, resource);
  }

  /** Wall time as AWS writes it. */
  timestamp(): string {
    return new Date(this.estate.clocks.wall()).toISOString().replace(/\.\d+Z$/, "Z");
  }
}
