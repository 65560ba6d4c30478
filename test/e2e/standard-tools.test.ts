import assert from "node:assert/strict";
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";
import { referencePlugin } from "../support/reference-plugin";
import { sandboxProject, type SandboxProject } from "../support/sandbox-project";
import { runTool, standardTools, type ToolRun } from "../support/standard-tools";

const SET = "sp-payments-dev-developer";

/** The AWS CLI and boto3 as a person has them: nothing is known to them but `sandbox env --as`. */
describe("unmodified AWS tools against the sandbox (e2e)", function () {
  this.timeout(300_000);
  let sandbox: SandboxProject;
  let env: NodeJS.ProcessEnv;
  let tools: ReturnType<typeof standardTools>;
  const aws = (...args: string[]): ToolRun => runTool(tools.aws, args, env);
  const python = (text: string): ToolRun => runTool(tools.python, ["-c", text], env);

  before(async () => {
    tools = standardTools();
    sandbox = await sandboxProject("tools", ["--up"]);
    env = await sandbox.environment("--as", "jane@example.com", "--role", SET);
  });
  after(() => sandbox.stop());

  it("the CLI knows who jane is", () => {
    const run = aws("sts", "get-caller-identity", "--output", "json");
    assert.equal(run.code, 0, run.stderr);
    const { Account, Arn } = JSON.parse(run.stdout) as { Account: string; Arn: string };
    assert.equal(Account, "000000000000");
    assert.match(
      Arn,
      /^arn:aws:sts::000000000000:assumed-role\/AWSReservedSSO_sp-payments-dev-developer_[0-9a-f]{16}\/jane@example\.com$/,
    );
  });

  it("the CLI reads the descriptor in Identity Center's region, and no other path", () => {
    const run = aws(
      "ssm",
      "get-parameters-by-path",
      "--path",
      "/sallyport/payments",
      "--recursive",
      "--region",
      "eu-west-1",
      "--output",
      "json",
    );
    assert.equal(run.code, 0, run.stderr);
    const { Parameters } = JSON.parse(run.stdout) as { Parameters: { Name: string; Value: string }[] };
    assert.deepEqual(
      Parameters.map(({ Name }) => Name),
      ["/sallyport/payments/dev"],
    );
    const other = aws("ssm", "get-parameters-by-path", "--path", "/other", "--region", "eu-west-1");
    assert.notEqual(other.code, 0);
    assert.match(other.stderr, /AccessDeniedException.*parameter\/other/);
  });

  it("the CLI finds cluster and node", () => {
    const cluster = aws(
      "rds",
      "describe-db-clusters",
      "--query",
      "DBClusters[].[DBClusterIdentifier,Status,IAMDatabaseAuthenticationEnabled]",
      "--output",
      "json",
    );
    assert.deepEqual(JSON.parse(cluster.stdout), [["payments-dev-app", "available", true]]);
    const node = aws(
      "ssm",
      "describe-instance-information",
      "--filters",
      "Key=tag:sallyport:door,Values=payments/dev",
      "--query",
      "InstanceInformationList[].PingStatus",
      "--output",
      "json",
    );
    assert.deepEqual(JSON.parse(node.stdout), ["Online"]);
  });

  it("the generic document with another host is refused, naming the document", () => {
    const [target = ""] = sandbox.contract().instances;
    const run = aws(
      "ssm",
      "start-session",
      "--target",
      target,
      "--document-name",
      "AWS-StartPortForwardingSessionToRemoteHost",
      "--parameters",
      '{"host":["10.40.0.200"],"portNumber":["5432"]}',
    );
    assert.notEqual(run.code, 0);
    assert.match(run.stderr, /AccessDeniedException.*document\/AWS-StartPortForwardingSessionToRemoteHost/);
  });

  it("what her set does not allow is refused: the master's secret, other instances", () => {
    const secret = aws("secretsmanager", "get-secret-value", "--secret-id", "rds!cluster-any");
    assert.notEqual(secret.code, 0);
    assert.match(secret.stderr, /AccessDeniedException.*secretsmanager:GetSecretValue/);
    const session = aws(
      "ssm",
      "start-session",
      "--target",
      "i-00000000000000000",
      "--document-name",
      "sp-payments-dev-app-writer",
    );
    assert.notEqual(session.code, 0);
    assert.match(session.stderr, /AccessDeniedException.*instance\/i-00000000000000000/);
  });

  it("boto3 agrees, and makes a token that needs no call", () => {
    const text = [
      "import boto3, json",
      "who = boto3.client('sts').get_caller_identity()['Arn'].split('/')[-1]",
      "cluster = boto3.client('rds').describe_db_clusters()['DBClusters'][0]",
      "token = boto3.client('rds').generate_db_auth_token(cluster['Endpoint'], cluster['Port'], who)",
      "nodes = boto3.client('ssm').describe_instance_information()['InstanceInformationList']",
      "named = token.startswith(cluster['Endpoint'] + ':5432/?Action=connect')",
      "print(json.dumps([who, cluster['Engine'], named, [[node['InstanceId'], node['PingStatus']] for node in nodes]]))",
    ].join("\n");
    const run = python(text);
    assert.equal(run.code, 0, run.stderr);
    assert.deepEqual(JSON.parse(run.stdout), [
      "jane@example.com",
      "aurora-postgresql",
      true,
      sandbox.contract().instances.map((id) => [id, "Online"]),
    ]);
  });

  it("matrix 35: boto3 resumes a session with a new token and address, and gets neither once it is over", () => {
    const text = [
      "import boto3, json",
      "ssm = boto3.client('ssm')",
      "node = ssm.describe_instance_information()['InstanceInformationList'][0]['InstanceId']",
      "first = ssm.start_session(Target=node, DocumentName='sp-payments-dev-app-writer')",
      "again = ssm.resume_session(SessionId=first['SessionId'])",
      "fresh = [again[name] != first[name] for name in ('TokenValue', 'StreamUrl')]",
      "ssm.terminate_session(SessionId=first['SessionId'])",
      "over = ssm.resume_session(SessionId=first['SessionId'])",
      "del over['ResponseMetadata']",
      "print(json.dumps([again['SessionId'] == first['SessionId'], fresh, sorted(over)]))",
    ].join("\n");
    const run = python(text);
    assert.equal(run.code, 0, run.stderr);
    assert.deepEqual(JSON.parse(run.stdout), [true, [true, true], ["SessionId"]]);
  });

  describe("matrix 42: AWS's own session-manager-plugin, started by the CLI", () => {
    let session: ChildProcess;
    let port: number;
    let said = "";
    let token: string;
    let host: string;
    /** psql through the plugin's port: the guide's own way, verify-full. */
    const psql = (statement: string): Promise<string> => {
      const { caBundle } = sandbox.contract();
      const way = `host=${host} hostaddr=127.0.0.1 port=${port} user=jane@example.com dbname=app sslmode=verify-full sslrootcert=${caBundle}`;
      return new Promise((resolve, reject) =>
        execFile(
          "psql",
          ["--no-psqlrc", "-Atc", statement, way],
          { env: { ...process.env, PGPASSWORD: token } },
          (error, out) => (error ? reject(new Error(error.message)) : resolve(out.trim())),
        ),
      );
    };
    const heard = async (words: RegExp): Promise<RegExpExecArray> => {
      for (;;) {
        const found = words.exec(said);
        if (found) return found;
        await once(session.stdout as Readable, "data");
      }
    };

    before(async () => {
      const free = createServer().listen(0, "127.0.0.1");
      await once(free, "listening");
      const { port: wanted } = free.address() as AddressInfo;
      await new Promise((resolve) => free.close(resolve));
      const [target = ""] = sandbox.contract().instances;
      const parameters = JSON.stringify({ localPortNumber: [String(wanted)] });
      const args = ["--target", target, "--document-name", "sp-payments-dev-app-writer", "--parameters", parameters];
      const PATH = [referencePlugin(), path.dirname(tools.aws), process.env.PATH].join(path.delimiter);
      session = spawn(tools.aws, ["ssm", "start-session", ...args], {
        env: { ...env, PATH, HOME: os.tmpdir() },
        detached: true,
      });
      session.stdout?.on("data", (text: Buffer) => (said += text.toString()));
      port = Number((await heard(/Port (\d+) opened/))[1]);
      assert.equal(port, wanted, "the document's parameter reaches the client");
      host = aws("rds", "describe-db-clusters", "--query", "DBClusters[0].Endpoint", "--output", "text").stdout.trim();
      const asked = ["--hostname", host, "--port", "5432", "--username", "jane@example.com"];
      token = aws("rds", "generate-db-auth-token", ...asked).stdout.trim();
    });
    /** As a terminal does it: the CLI ignores it, and waits for the plugin, which does not. */
    const interrupt = (): boolean => session.exitCode === null && process.kill(-(session.pid ?? 0), "SIGINT");
    after(() => void interrupt());

    it("carries her row, a large result and twenty connections at once", async () => {
      assert.equal(await psql("select current_user"), "jane@example.com");
      assert.equal((await psql("select repeat('x', 1000000)")).length, 1_000_000);
      const all = Array.from({ length: 20 }, (_, index) => psql(`select ${index}`));
      assert.deepEqual(
        await Promise.all(all),
        Array.from({ length: 20 }, (_, index) => String(index)),
      );
    });

    it("matrix 34, 35: comes back after the gateway's Bye with a signed ResumeSession", async () => {
      const closed = await sandbox.run("sandbox", "fault", "close", "1000");
      assert.match(closed.stderr + closed.stdout, /1 session/);
      assert.equal(await psql("select 'after Bye'"), "after Bye");
    });

    it("matrix 39: SIGINT ends the session on both sides", async () => {
      interrupt();
      const [code] = (await once(session, "exit")) as [number];
      assert.equal(code, 0, said);
    });
  });

  it("changed credentials are refused by name", () => {
    const wrong = runTool(tools.aws, ["sts", "get-caller-identity"], { ...env, AWS_SECRET_ACCESS_KEY: "wrong" });
    assert.match(wrong.stderr, /SignatureDoesNotMatch/);
    const unknown = runTool(tools.aws, ["ssm", "describe-instance-information"], {
      ...env,
      AWS_ACCESS_KEY_ID: "ASIAAAAAAAAAAAAAAAAA",
    });
    assert.match(unknown.stderr, /UnrecognizedClientException/);
  });

  it("a set that is not his is refused when the environment is printed", async () => {
    const run = await sandbox.run("sandbox", "env", "--as", "sam@example.com", "--role", SET, "--json");
    assert.equal(run.code, 5, run.stderr);
    assert.doesNotMatch(run.stdout, /AccessKey|ASIA/i);
  });
});
