import assert from "node:assert/strict";
import * as policy from "@pulumi/policy";
import { databasePort } from "../../../../policies/security-groups/database-ports";
import { UNKNOWN } from "../run-rule";

const sdk = policy as unknown as { readonly unknownCheckingProxy: <T>(props: T) => T };
const port = (type: string, props: Record<string, unknown>, written: string[] = ["engine"]): number | undefined =>
  databasePort({
    type,
    name: "it",
    urn: "it",
    props: sdk.unknownCheckingProxy(props),
    propertyDependencies: Object.fromEntries(written.map((each) => [each, []])),
  });
const CLUSTER = "aws:rds/cluster:Cluster";
const PROXY = "aws:rds/proxy:Proxy";

describe("databasePort", () => {
  const cases: readonly [string, string, Record<string, unknown>, number | undefined][] = [
    ["what is written", CLUSTER, { engine: "aurora-postgresql", port: 6432 }, 6432],
    ["PostgreSQL's", CLUSTER, { engine: "aurora-postgresql", port: UNKNOWN }, 5432],
    ["PostgreSQL's of an instance", "aws:rds/instance:Instance", { engine: "postgres" }, 5432],
    ["MySQL's", CLUSTER, { engine: "aurora-mysql" }, 3306],
    ["MariaDB's", "aws:rds/instance:Instance", { engine: "mariadb" }, 3306],
    ["Oracle's", "aws:rds/instance:Instance", { engine: "oracle-ee" }, 1521],
    ["SQL Server's", "aws:rds/instance:Instance", { engine: "sqlserver-ex" }, 1433],
    ["that of a proxy, by its family", PROXY, { engineFamily: "POSTGRESQL" }, 5432],
    ["none where the engine is not known", CLUSTER, { engine: UNKNOWN }, undefined],
    ["none where there is no engine", CLUSTER, {}, undefined],
  ];
  for (const [title, type, props, expected] of cases)
    it(`is ${title}`, () => assert.equal(port(type, props), expected));

  it("is none where it is written and not known", () => {
    assert.equal(port(CLUSTER, { engine: "aurora-postgresql", port: UNKNOWN }, ["port"]), undefined);
  });
});
