import assert from "node:assert/strict";
import { runnerEnvironment, runnerVariables } from "../../../../../automation/sandbox/daemon/environment";
import { sandboxFolder } from "../../../../../automation/sandbox/daemon/sandbox-folder";

describe("a runner's environment in the sandbox", () => {
  const variables = runnerVariables(
    sandboxFolder("/my project"),
    { endpointUrl: "http://127.0.0.1:4566", caBundle: "/ca.pem" },
    { accessKeyId: "AKIA1", secretAccessKey: "secret", region: "eu-west-2" },
  );

  it("names keys, endpoint, engine's home, backend, passphrase and authorities", () => {
    assert.deepEqual(variables, {
      AWS_ACCESS_KEY_ID: "AKIA1",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_REGION: "eu-west-2",
      AWS_DEFAULT_REGION: "eu-west-2",
      AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
      PULUMI_HOME: "/my project/.sallyport/sandbox/pulumi-home",
      PULUMI_BACKEND_URL: "file:///my%20project/.sallyport/sandbox/state",
      PULUMI_CONFIG_PASSPHRASE_FILE: "/my project/.sallyport/sandbox/passphrase",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      SALLYPORT_SANDBOX_CA: "/ca.pem",
    });
  });

  it("keeps the machine's variables, but none of another account, stack or database", () => {
    const machine = {
      PATH: "/bin",
      HOME: undefined,
      AWS_PROFILE: "prod",
      AWS_SESSION_TOKEN: "x",
      PULUMI_ACCESS_TOKEN: "y",
      PGPASSWORD: "z",
      AWS_REGION: "us-east-1",
    };
    assert.deepEqual(runnerEnvironment(machine, variables), { PATH: "/bin", ...variables });
  });
});
