import { PROVISIONER } from "../../infra/contract/names";
import type { PlatformOutputs } from "../../infra/contract/outputs";
import { currentCredentials } from "../aws/options";
import { SallyportError } from "../core/errors";
import { openAwsDoor } from "../door/aws-door";
import { openDoorProxy } from "../door/door-proxy";
import type { Door } from "../door/open-door";
import { makeLocalSecret } from "../proxy/local-secret";
import type { Accounts } from "./accounts";
import type { LocalAddress } from "./database-stack";
import { doorOfOutputs } from "./door-of-outputs";
import type { RunnerTools } from "./runner-tools";
import { runStep } from "./step";

/** One cluster of a platform and how it is reached. */
export interface ClusterDoorRequest {
  readonly name: string;
  readonly platform: PlatformOutputs;
  readonly accounts: Accounts;
  /** PEM certificates of the accepted authorities. */
  readonly authorities: readonly string[];
  readonly connectTimeoutMs: number;
}

/** Opens the door of a cluster with the runner's credentials, and says so. The caller closes it. */
export function openClusterDoor(request: ClusterDoorRequest, tools: RunnerTools): Promise<Door> {
  const { name, platform, accounts, authorities, connectTimeoutMs } = request;
  return runStep({ type: "door.open", stage: "Door", text: `opening the door to ${name}` }, tools, async () => {
    const { credentials, endpoint, network } = accounts.workload;
    if (credentials === undefined)
      throw new SallyportError("AUTH_NOT_SIGNED_IN", { message: "The runner has no AWS credentials." });
    await currentCredentials(credentials);
    const { clock, randomBytes, redactor, signal } = tools;
    const door = await openAwsDoor({
      target: doorOfOutputs(platform, name),
      credentials,
      endpoint,
      network,
      authorities,
      clock,
      randomBytes: (size) => randomBytes(size),
      redactor,
      signal,
      connectTimeoutMs,
      applicationName: "sallyport runner",
    });
    const data = { instance: door.instanceId, session: door.sessionId };
    return { value: door, text: `tunnel to ${name} through ${door.instanceId}`, data };
  });
}

/** Runs work beside a proxy that logs in as the provisioner: any free port, a secret of this run. */
export async function throughProxy<T>(
  door: Door,
  tools: RunnerTools,
  work: (address: LocalAddress) => Promise<T>,
): Promise<T> {
  const secret = makeLocalSecret((size) => tools.randomBytes(size));
  tools.redactor.register(secret);
  const proxy = await openDoorProxy({
    door,
    user: PROVISIONER,
    database: "postgres",
    listen: { kind: "tcp", host: "127.0.0.1", port: 0 },
    secret,
    clock: tools.clock,
    randomBytes: (size) => tools.randomBytes(size),
    report: () => undefined,
  });
  try {
    return await work({ host: proxy.host, port: proxy.port, secret });
  } finally {
    await proxy.close();
  }
}
