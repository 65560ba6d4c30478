import { pathToFileURL } from "node:url";
import type { SandboxFolder } from "./sandbox-folder";

/** Keys of the runner, as the control route `runner` answers them. */
export interface RunnerKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/** Variables of a real account or another Pulumi that must not reach a run in the sandbox. */
const FOREIGN = /^(AWS_|PULUMI_|PG)/;

/**
 * What a runner in the sandbox needs beside the machine's own variables: only PULUMI_HOME, keys and endpoint differ from a real run.
 */
export function runnerVariables(
  folder: SandboxFolder,
  sandbox: { readonly endpointUrl: string; readonly caBundle: string },
  keys: RunnerKeys,
): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    AWS_REGION: keys.region,
    AWS_DEFAULT_REGION: keys.region,
    AWS_ENDPOINT_URL: sandbox.endpointUrl,
    PULUMI_HOME: folder.pulumiHome,
    PULUMI_BACKEND_URL: pathToFileURL(folder.backend).href,
    PULUMI_CONFIG_PASSPHRASE_FILE: folder.passphraseFile,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    SALLYPORT_SANDBOX_CA: sandbox.caBundle,
  };
}

/** The whole environment of a runner in the sandbox: the machine's variables without another account's, and ours. */
export function runnerEnvironment(
  machine: Readonly<Record<string, string | undefined>>,
  variables: Readonly<Record<string, string>>,
): Record<string, string> {
  const kept = Object.entries(machine).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !FOREIGN.test(entry[0]),
  );
  return { ...Object.fromEntries(kept), ...variables };
}
