import assert from "node:assert/strict";
import { environmentConfigOf, parseEnvironmentConfig } from "../../../../infra/contract/environment-config";
import { DEV_TEXT, problemLines, valueOf } from "./sample";

const CLUSTERS = '{"app":{"engine":"aurora-postgresql","version":"16","databases":{"app":{"owner":"app_owner"}}}}';
const MINIMAL = {
  "aws:region": "eu-west-2",
  "sallyport:network": '{"cidr":"10.40.0.0/24"}',
  "sallyport:clusters": CLUSTERS,
};

describe("Pulumi.<env>.yaml", () => {
  it("reads the committed file", () => {
    assert.deepEqual(valueOf(parseEnvironmentConfig(DEV_TEXT)), {
      region: "eu-west-2",
      accessFile: "access.yaml",
      network: { cidr: "10.40.0.0/24", zones: 2 },
      bastion: { instanceType: "t4g.nano" },
      clusters: {
        app: {
          engine: "aurora-postgresql",
          version: "16",
          capacity: { min: 0, max: 4, pauseAfterSeconds: 1800 },
          deletionProtection: false,
          databases: { app: { owner: "app_owner", schemas: ["public"] } },
        },
      },
      policies: { "rds-deletion-protection": "disabled" },
    });
  });

  it("takes levels, settings and exemptions of policy rules as they are; other values are refused", () => {
    const policies = { "net-no-nat": "disabled", "rds-backups": { minimumDays: 14 } };
    const read = (value: unknown) => environmentConfigOf({ ...MINIMAL, "sallyport:policies": JSON.stringify(value) });
    assert.deepEqual(valueOf(read(policies)).policies, policies);
    assert.deepEqual(problemLines(read({ "net-no-nat": 3 })), [
      'sallyport:policies.net-no-nat | 3 | a level like "advisory" or an object like { enforcementLevel: advisory }',
    ]);
    assert.deepEqual(problemLines(read([])), ["sallyport:policies | [] | an object of policy rules"]);
  });

  it("fills in the safe defaults, and reads the engine's form: objects as JSON text", () => {
    const config = valueOf(
      environmentConfigOf({ ...MINIMAL, "other:key": "[not json", "sallyport:bastion": undefined }),
    );
    assert.deepEqual(config.network, { cidr: "10.40.0.0/24", zones: 2 });
    assert.deepEqual(config.bastion, { instanceType: "t4g.nano" });
    assert.equal(config.clusters["app"]?.deletionProtection, true);
    assert.deepEqual(config.clusters["app"]?.capacity, { min: 0, max: 4, pauseAfterSeconds: 1800 });
  });

  it("gives the same value for the file and for the engine's form", () => {
    const fromEngine = environmentConfigOf({
      "aws:region": "eu-west-2",
      "sallyport:network": '{"cidr":"10.40.0.0/24","endpoints":"create","zones":2}',
      "sallyport:bastion": '{"instanceType":"t4g.nano"}',
      "sallyport:clusters":
        '{"app":{"engine":"aurora-postgresql","version":"16","capacity":{"min":0,"max":4,"pauseAfter":"30m"},"deletionProtection":false,"databases":{"app":{"owner":"app_owner","schemas":["public"]}}}}',
      "sallyport:policies": '{"rds-deletion-protection":"disabled"}',
    });
    assert.deepEqual(fromEngine, parseEnvironmentConfig(DEV_TEXT));
  });

  it("accepts what Pulumi writes beside config, and the keys of other programs", () => {
    assert.equal(parseEnvironmentConfig(`encryptionsalt: v1:abc\n${DEV_TEXT}  other:thing: 1\n`).ok, true);
  });

  it("tells every problem at once", () => {
    const text = `
confg: {}
config:
  aws:region: london
  sallyport:netwrok: {}
  sallyport:network: { cidr: 10.40.0.1/24, zones: 1, existing: {}, endpoints: central }
  sallyport:bastion: { instanceType: t3.micro, schedule: on-demand }
  sallyport:audit: {}
  sallyport:clusters:
    App: { engine: aurora-mysql, version: 16, databases: {} }
    b: { engine: aurora-postgresql, version: "15", capacity: { min: 1, max: 0.7 }, databases: { x: { owner: "X" } } }
    c: { engine: aurora-postgresql, version: "17", capacity: { min: 2, max: 1 }, databases: { x: { owner: x } } }
    d: { engine: aurora-postgresql, version: "17", capacity: { min: 0.5, max: 1, pauseAfter: 30m }, databases: { x: { owner: x } } }
`;
    assert.deepEqual(problemLines(parseEnvironmentConfig(text)), [
      "confg | an unknown key | one of the keys config, encryptionsalt, encryptedkey, secretsprovider, environment",
      'config.aws:region | "london" | the region of the environment, for example eu-west-2',
      'config.sallyport:network.cidr | "10.40.0.1/24" | a private IPv4 network from /16 to /25, for example 10.40.0.0/24',
      "config.sallyport:network.zones | 1 | 2 or 3 availability zones",
      'config.sallyport:network.endpoints | "central" | not supported yet: write create',
      "config.sallyport:network.existing | {} | not supported yet: leave it out",
      'config.sallyport:bastion.instanceType | "t3.micro" | an arm64 instance type, for example t4g.nano',
      'config.sallyport:bastion.schedule | "on-demand" | not supported yet: write always',
      'config.sallyport:clusters.App.engine | "aurora-mysql" | not supported yet: write aurora-postgresql',
      'config.sallyport:clusters.App.version | 16 | a PostgreSQL version in quotes: "16", "17" or "18"',
      "config.sallyport:clusters.App.databases | {} | at least one",
      'config.sallyport:clusters.b.version | "15" | a PostgreSQL version in quotes: "16", "17" or "18"',
      "config.sallyport:clusters.b.capacity.max | 0.7 | capacity units from 0 to 256 in steps of 0.5",
      "config.sallyport:clusters.b.capacity.max | 0.7 | at least min, which is 1",
      'config.sallyport:clusters.b.databases.x.owner | "X" | a name of at most 63 lower-case letters, digits and underscores that begins with a letter',
      "config.sallyport:clusters.c.capacity.max | 1 | at least min, which is 2",
      "config.sallyport:clusters.d.capacity.max | 1 | at least 2: IAM authentication needs the memory",
      'config.sallyport:clusters.d.capacity.pauseAfter | "30m" | min: 0 beside it, or no pauseAfter: only a cluster that scales to 0 pauses',
      'config.sallyport:clusters.App | the key "App" | a name of lower-case letters, digits and single hyphens that begins with a letter',
      "config.sallyport:audit | {} | not supported yet: leave it out",
      'config.sallyport:netwrok | an unknown key | the key "sallyport:network": did you mean that?',
    ]);
  });

  it("says what is missing", () => {
    assert.deepEqual(problemLines(parseEnvironmentConfig("")), [
      "config.aws:region | nothing | the region of the environment, for example eu-west-2",
      "config.sallyport:network | nothing | an object like { cidr: 10.40.0.0/24 }",
      "config.sallyport:clusters | nothing | an object of clusters",
    ]);
  });

  it("refuses broken JSON of the engine's form", () => {
    const lines = problemLines(environmentConfigOf({ ...MINIMAL, "sallyport:clusters": "{" }));
    assert.equal(lines[0], 'sallyport:clusters | "{" | valid JSON');
  });

  it("refuses public networks and such that do not fall into parts of /28", () => {
    for (const cidr of ["8.8.8.0/24", "10.0.0.0/26", "10.0.0.0/8", "172.32.0.0/16", "300.0.0.0/24", "10.0.0.0"]) {
      const result = environmentConfigOf({ ...MINIMAL, "sallyport:network": JSON.stringify({ cidr }) });
      assert.deepEqual(
        problemLines(result).map((line) => line.split(" | ")[0]),
        ["sallyport:network.cidr"],
        cidr,
      );
    }
  });
});
