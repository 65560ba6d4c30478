/** A provider that serves one instance of the engine's. */
export interface ProviderServer {
  readonly port: number;
  close(): Promise<void>;
}

/** What a relay asks for: a package's provider, with the variables that the engine gave to its plugin. */
export interface ProviderOrder {
  readonly package: string;
  readonly version: string;
  /** AWS_* and PG* as a real plugin would have inherited them. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts the provider of an order. Rejects for a package that is not simulated. */
export type ServeProvider = (order: ProviderOrder) => Promise<ProviderServer>;

/** The provider instances that are open, each for as long as its relay lives. */
export class ProviderInstances {
  private readonly open = new Set<ProviderServer>();

  constructor(private readonly serve: ServeProvider) {}

  get count(): number {
    return this.open.size;
  }

  async start(order: ProviderOrder): Promise<ProviderServer> {
    const server = await this.serve(order);
    const instance: ProviderServer = {
      port: server.port,
      close: async () => {
        if (this.open.delete(instance)) await server.close();
      },
    };
    this.open.add(instance);
    return instance;
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    await Promise.all([...this.open].map((instance) => instance.close()));
  }
}

/**
 * Reads an order as it came over the wire; `undefined` if it is none.
 *
 * @example parseOrder({ package: "aws", version: "7.48.0", environment: { AWS_REGION: "eu-west-2" } })
 */
export function parseOrder(value: unknown): ProviderOrder | undefined {
  const order = value as Partial<ProviderOrder> | null;
  if (typeof order?.package !== "string" || typeof order.version !== "string") return undefined;
  const { environment } = order;
  if (typeof environment !== "object" || environment === null) return undefined;
  if (Object.values(environment).some((item) => typeof item !== "string")) return undefined;
  return { package: order.package, version: order.version, environment };
}
