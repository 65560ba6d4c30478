import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { silentReporter } from "../../../../automation/core/events";
import { runDatabaseStack, type DatabaseStackRequest } from "../../../../automation/runner/database-stack";
import { projectPaths } from "../../../../automation/runner/project-paths";
import type { RecoveryTools } from "../../../../automation/runner/recovery";
import type { StackRequest } from "../../../../automation/runner/stack-child/stack-request";
import { databaseWish } from "../../../../infra/contract/database-wish";
import { scratchFolder, type ScratchFolder } from "../../../support/scratch-folder";

const WISH = databaseWish("app", "16", { databases: [], privilegeRoles: [], logins: [] });

describe("the database stack's run", () => {
  let scratch: ScratchFolder;
  let asked: { request: StackRequest; tools: RecoveryTools } | undefined;
  beforeEach(() => {
    scratch = scratchFolder();
    asked = undefined;
  });
  afterEach(() => scratch.remove());

  const run = async (
    more: Partial<DatabaseStackRequest> = {},
  ): Promise<{ request: StackRequest; tools: RecoveryTools }> => {
    const request: DatabaseStackRequest = {
      operation: "up",
      env: "dev",
      cluster: "app",
      engine: { command: "/pulumi", version: "3.220.0", origin: "path", binFolder: "/bin" },
      paths: projectPaths(scratch.folder, "dev"),
      wish: WISH,
      ...more,
    };
    const env = {
      PATH: "/bin",
      ALL_PROXY: "socks5://elsewhere",
      PGSERVICE: "other",
      PGHOST: "other",
      PGSSLMODE: "prefer",
    };
    const tools = { reporter: silentReporter, signal: new AbortController().signal, env };
    await runDatabaseStack(request, tools, async (stack, given) => {
      asked = { request: stack, tools: given };
      return {
        outputs: {},
        summary: { create: 0, update: 0, delete: 0, replace: 0, same: 0 },
        diagnostics: [],
        policies: [],
        durationMs: 0,
      };
    });
    assert.ok(asked);
    return asked;
  };

  it("is one stack for each cluster, in a folder of its own, four operations at once", async () => {
    const { request } = await run();
    assert.deepEqual(
      [request.project, request.stack, request.program, request.parallel, request.workDir],
      ["sallyport-sql", "dev.app", "database", 4, path.join(scratch.folder, ".sallyport/stacks/dev/sallyport-sql/app")],
    );
  });

  it("address and secret go into the environment alone, and nobody else's lead elsewhere", async () => {
    const { request, tools } = await run({ address: { host: "127.0.0.1", port: 6123, secret: "s3cret" } });
    const variables = Object.fromEntries(Object.entries(tools.env).filter(([, value]) => value !== undefined));
    assert.deepEqual(variables, {
      PATH: "/bin",
      PGHOST: "127.0.0.1",
      PGPORT: "6123",
      PGUSER: "sallyport_provisioner",
      PGPASSWORD: "s3cret",
      PGDATABASE: "postgres",
    });
    assert.ok(!JSON.stringify(request).includes("s3cret"));
  });

  it("a preview has no address", async () => {
    const { tools } = await run({ operation: "preview" });
    assert.deepEqual(
      [tools.env["PGHOST"], tools.env["PGPORT"], tools.env["PGPASSWORD"]],
      [undefined, undefined, undefined],
    );
  });

  it("the wish is a private file that the program reads", async () => {
    const { request } = await run();
    const file = request.config["sallyport:wishFile"] as string;
    assert.deepEqual(JSON.parse(readFileSync(file, "utf8")), WISH);
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });
});
