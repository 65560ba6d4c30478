import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { systemClock } from "../../automation/core/clock";
import { Redactor } from "../../automation/core/redactor";
import { databaseAuthorities } from "../../automation/door/authorities";
import { openAwsDoor } from "../../automation/door/aws-door";
import { doorOfOutputs } from "../../automation/runner/door-of-outputs";
import { PROVISIONER } from "../../infra/contract/names";
import { parseOutputs } from "../../infra/contract/outputs";
import type { SandboxProject } from "./sandbox-project";

/** Runs statements as the provisioner, through the door, with the runner's own credentials: what somebody does by hand. */
export async function asProvisioner(
  sandbox: SandboxProject,
  statements: readonly string[],
  database = "postgres",
): Promise<void> {
  const env = await sandbox.environment("--pulumi");
  const printed = await sandbox.runner("outputs");
  const outputs = parseOutputs({ platform: JSON.parse(printed.stdout) });
  assert.ok(outputs.ok);
  const door = await openAwsDoor({
    target: doorOfOutputs(outputs.value, "app"),
    credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID ?? "", secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? "" },
    endpoint: sandbox.contract().endpointUrl,
    authorities: databaseAuthorities(env.SALLYPORT_SANDBOX_CA),
    clock: systemClock,
    randomBytes,
    redactor: new Redactor(),
    connectTimeoutMs: 10_000,
    applicationName: "by hand",
  });
  try {
    const client = await door.openDatabase({ user: PROVISIONER, database });
    for (const statement of statements) await client.query(statement);
    await client.end();
  } finally {
    await door.close();
  }
}
