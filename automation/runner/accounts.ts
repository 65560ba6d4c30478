import type { AccessFile } from "../../infra/contract/access-file";
import type { EnvironmentConfig } from "../../infra/contract/environment-config";
import { arnOf } from "../../infra/contract/partition";
import { ambientCredentials } from "../aws/ambient-credentials";
import type { AwsOptions, CredentialSource } from "../aws/options";
import { makeSts } from "../aws/sts";
import type { Clock } from "../core/clock";
import type { NetworkSettings } from "../network/network-settings";

/** How the runner reaches AWS: the environment's account, and the one that owns Identity Center. */
export interface Accounts {
  /** Account of the environment: the caller's own. */
  readonly account: string;
  readonly callerArn: string;
  /** Options for calls in the environment's region. */
  readonly workload: AwsOptions;
  /** Options for calls in the identity account and region; credentials of `identity.assumeRole` if it is set. */
  readonly identity: AwsOptions;
}

/** What is ambient: the chain of credentials is the SDK's own and reads the same environment. */
export interface AccountTools {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly network: NetworkSettings;
}

/** How long before their end assumed credentials are asked for anew, milliseconds. */
const RENEW_BEFORE_MS = 5 * 60_000;

/**
 * Who runs this, and how both accounts are reached. One call: sts:GetCallerIdentity.
 *
 * @throws SallyportError AUTH_NOT_SIGNED_IN, AUTH_FORBIDDEN, CLOCK_SKEW, AWS_CALL_FAILED
 */
export async function findAccounts(
  access: AccessFile,
  config: EnvironmentConfig,
  tools: AccountTools,
): Promise<Accounts> {
  const { clock, signal, network } = tools;
  const endpoint = tools.env.AWS_ENDPOINT_URL === "" ? undefined : tools.env.AWS_ENDPOINT_URL;
  const common = { clock, signal, network, endpoint };
  const ambient = ambientCredentials({ ...common, region: config.region });
  const workload: AwsOptions = { ...common, region: config.region, credentials: ambient };
  const caller = await makeSts(workload).getCallerIdentity();
  const { region, account, assumeRole } = access.identity;
  const identity =
    assumeRole === undefined
      ? workload.credentials
      : assumedRole(workload, arnOf({ region }, "iam", "", account, `role/${assumeRole}`), tools.clock);
  return {
    account: caller.account,
    callerArn: caller.arn,
    workload,
    identity: { ...common, region, credentials: identity },
  };
}

/** Credentials of a role, asked for once and again before they end. */
function assumedRole(options: AwsOptions, roleArn: string, clock: Clock): CredentialSource {
  const sts = makeSts(options);
  let current: ReturnType<typeof sts.assumeRole> | undefined;
  let end = 0;
  return async () => {
    if (!current || end - clock.now() < RENEW_BEFORE_MS) {
      current = sts.assumeRole({ roleArn, sessionName: "sallyport-runner" });
      try {
        end = (await current).expiration?.getTime() ?? Infinity;
      } catch (error) {
        current = undefined;
        throw error;
      }
    }
    return current;
  };
}
