import type { Estate } from "../account/estate";
import { allowsAction, type Authorize } from "../account/allows-action";
import type { ClusterRuntime } from "../account/ports";
import { regionDescription } from "../account/regions";
import { AwsContext } from "./aws-context";
import { AwsInstance } from "./aws-instance";
import type { ProviderPackage } from "./provider";
import { readProviderConfig, unsupportedArguments } from "./provider-config";
import { signIn } from "./sign-in";

/** Version of @pulumi/aws whose behaviour is simulated. */
export const AWS_VERSION = "7.48.0";

/** Arguments of awsPackage. */
export interface AwsPackageArgs {
  readonly estate: Estate;
  /** What the plugin's process would inherit: keys and region. */
  readonly environment: Readonly<Record<string, string>>;
  readonly clusters: ClusterRuntime;
  /** The account's evaluator; without it, actions of inline policies alone (`allowsAction`). */
  readonly authorize?: Authorize | undefined;
}

/** The simulated @pulumi/aws. */
export function awsPackage(args: AwsPackageArgs): ProviderPackage {
  const { estate, environment, clusters } = args;
  const authorize: Authorize = args.authorize ?? ((principal, action) => allowsAction(estate, principal, action));
  return {
    version: AWS_VERSION,
    checkConfig: (config) =>
      unsupportedArguments(config).map((property) => ({
        property,
        reason: `the sandbox does not simulate the provider argument ${property}`,
      })),
    configure: (config, sleep) => {
      const settings = readProviderConfig(config, environment);
      const principal = signIn(estate, settings, authorize);
      const contexts = (region: string): AwsContext => {
        if (regionDescription(region) === undefined)
          throw new Error(`invalid AWS Region: ${region} (the sandbox does not have it)`);
        return new AwsContext(estate, principal, region, clusters, sleep);
      };
      contexts(settings.region);
      return new AwsInstance({ instance: settings, principal, mayCall: authorize, contextIn: contexts });
    },
  };
}
