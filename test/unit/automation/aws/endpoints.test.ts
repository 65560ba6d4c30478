import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { IdentitystoreClient, ListUsersCommand } from "@aws-sdk/client-identitystore";
import { DescribeDBClustersCommand, RDSClient } from "@aws-sdk/client-rds";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SSMClient, StartSessionCommand } from "@aws-sdk/client-ssm";
import { ListAccountsCommand, SSOClient } from "@aws-sdk/client-sso";
import { ListInstancesCommand, SSOAdminClient } from "@aws-sdk/client-sso-admin";
import { RegisterClientCommand, SSOOIDCClient } from "@aws-sdk/client-sso-oidc";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { clientSettings, type AwsOptions } from "../../../../automation/aws/options";
import { Redactor } from "../../../../automation/core/redactor";
import { systemClock } from "../../../../automation/core/clock";
import { readNetwork } from "../../../../automation/network/network-settings";
import { EXAMPLE_KEYS } from "../../../support/fake-aws";
import { inTemporaryFolder } from "../../../support/temporary-folder";

type Middleware = (next: unknown) => (args: { readonly request: unknown }) => Promise<never>;
interface Stopped {
  readonly middlewareStack: {
    add(middleware: Middleware, options: { step: "finalizeRequest"; priority: "high"; name: string }): void;
  };
}

/** Every client of the product, with one call that stops before anything is sent. */
const CLIENTS: Readonly<Record<string, (options: AwsOptions) => [Stopped, () => Promise<unknown>]>> = {
  ssm: (options) => {
    const client = new SSMClient(clientSettings(options));
    return [client, () => client.send(new StartSessionCommand({ Target: "i-0" }))];
  },
  rds: (options) => {
    const client = new RDSClient(clientSettings(options));
    return [client, () => client.send(new DescribeDBClustersCommand({}))];
  },
  sts: (options) => {
    const client = new STSClient(clientSettings(options));
    return [client, () => client.send(new GetCallerIdentityCommand({}))];
  },
  secretsmanager: (options) => {
    const client = new SecretsManagerClient(clientSettings(options));
    return [client, () => client.send(new GetSecretValueCommand({ SecretId: "s" }))];
  },
  identitystore: (options) => {
    const client = new IdentitystoreClient(clientSettings(options));
    return [client, () => client.send(new ListUsersCommand({ IdentityStoreId: "d-0" }))];
  },
  sso: (options) => {
    const client = new SSOAdminClient(clientSettings(options));
    return [client, () => client.send(new ListInstancesCommand({}))];
  },
  "portal.sso": (options) => {
    const client = new SSOClient(clientSettings(options));
    return [client, () => client.send(new ListAccountsCommand({ accessToken: "t" }))];
  },
  oidc: (options) => {
    const client = new SSOOIDCClient(clientSettings(options));
    return [client, () => client.send(new RegisterClientCommand({ clientName: "n", clientType: "public" }))];
  },
};

/** The host that a call would go to. */
async function hostOf(service: string, options: Partial<AwsOptions>): Promise<string> {
  const make = CLIENTS[service];
  if (!make) throw new Error(service);
  const [client, call] = make({ region: "eu-west-2", clock: systemClock, credentials: EXAMPLE_KEYS, ...options });
  let host = "";
  client.middlewareStack.add(
    () =>
      async ({ request }) => {
        const { hostname, port } = request as { readonly hostname: string; readonly port?: number };
        host = port === undefined ? hostname : `${hostname}:${port}`;
        throw new Error("stopped before sending");
      },
    { step: "finalizeRequest", priority: "high", name: "stop" },
  );
  await assert.rejects(call(), { message: "stopped before sending" });
  return host;
}

const FLAGS: readonly Readonly<Record<string, string>>[] = [
  {},
  { AWS_USE_FIPS_ENDPOINT: "true" },
  { AWS_USE_DUALSTACK_ENDPOINT: "true" },
  { AWS_USE_FIPS_ENDPOINT: "true", AWS_USE_DUALSTACK_ENDPOINT: "true" },
];
/** Region, and the host suffixes of its partition: IPv4 alone, dual-stack. */
const PARTITIONS = [
  ["eu-west-2", "amazonaws.com", "api.aws"],
  ["us-gov-west-1", "amazonaws.com", "api.aws"],
  ["cn-north-1", "amazonaws.com.cn", "api.amazonwebservices.com.cn"],
] as const;

/** Where AWS's own rules differ from the pattern: most services' plain endpoints in GovCloud are FIPS endpoints. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "secretsmanager eu-west-2 dual": "secretsmanager.eu-west-2.amazonaws.com",
  "secretsmanager eu-west-2 fips dual": "secretsmanager-fips.eu-west-2.amazonaws.com",
  "secretsmanager us-gov-west-1 fips": "secretsmanager-fips.us-gov-west-1.amazonaws.com",
  "secretsmanager us-gov-west-1 dual": "secretsmanager.us-gov-west-1.amazonaws.com",
  "secretsmanager us-gov-west-1 fips dual": "secretsmanager-fips.us-gov-west-1.amazonaws.com",
  "secretsmanager cn-north-1 dual": "secretsmanager.cn-north-1.amazonaws.com.cn",
};

const network = (env: Readonly<Record<string, string>>) => readNetwork({ env, cwd: "/", redactor: new Redactor() });

describe("where calls go", () => {
  for (const service of Object.keys(CLIENTS))
    for (const [region, suffix, dualSuffix] of PARTITIONS)
      for (const env of FLAGS) {
        const [fips, dual] = [env.AWS_USE_FIPS_ENDPOINT !== undefined, env.AWS_USE_DUALSTACK_ENDPOINT !== undefined];
        const name = [service, region, ...(fips ? ["fips"] : []), ...(dual ? ["dual"] : [])].join(" ");
        const plain = !fips || (region === "us-gov-west-1" && !dual);
        const pattern = `${service}${plain ? "" : "-fips"}.${region}.${dual ? dualSuffix : suffix}`;
        const expected = EXCEPTIONS[name] ?? pattern;
        it(`${name}: ${expected}`, async () => {
          assert.equal(await hostOf(service, { region, network: network(env) }), expected);
        });
      }

  it("what the environment leaves out comes from the profile; what it says wins over it", async () => {
    await inTemporaryFolder(async (folder) => {
      const file = path.join(folder, "config");
      writeFileSync(file, "[default]\nuse_fips_endpoint = true\nuse_dualstack_endpoint = true\n");
      await withProfile(file, async () => {
        const [both, ipv4] = ["ssm-fips.eu-west-2.api.aws", "ssm-fips.eu-west-2.amazonaws.com"];
        assert.equal(await hostOf("ssm", { network: network({}) }), both);
        assert.equal(await hostOf("ssm", { network: network({ AWS_USE_DUALSTACK_ENDPOINT: "FALSE" }) }), ipv4);
      });
    });
  });

  it("another endpoint, such as the sandbox's, is taken as it is: by environment and by profile", async () => {
    const flags = { AWS_USE_FIPS_ENDPOINT: "true", AWS_USE_DUALSTACK_ENDPOINT: "true" };
    await inTemporaryFolder(async (folder) => {
      const file = path.join(folder, "config");
      writeFileSync(file, "[default]\nuse_fips_endpoint = true\nuse_dualstack_endpoint = true\n");
      await withProfile(file, async () => {
        for (const endpoint of ["http://127.0.0.1:4566", "http://[::1]:4566"])
          for (const service of Object.keys(CLIENTS))
            assert.equal(await hostOf(service, { endpoint, network: network(flags) }), new URL(endpoint).host, service);
      });
    });
  });
});

/** The SDK reads the profile that the process's own environment names: set for one test, then put back. */
async function withProfile(file: string, body: () => Promise<void>): Promise<void> {
  const before = ["AWS_CONFIG_FILE", "AWS_PROFILE"].map((name) => [name, process.env[name]] as const);
  delete process.env.AWS_PROFILE;
  process.env.AWS_CONFIG_FILE = file;
  try {
    await body();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
