import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Client } from "pg";
import { systemClock } from "../../../../../automation/core/clock";
import {
  DEFAULT_KNOBS,
  Estate,
  WORKLOAD_ACCOUNT,
  WORKLOAD_REGION,
} from "../../../../../automation/sandbox/account/estate";
import { makeAuthority } from "../../../../../automation/sandbox/certificates/authority";
import { openClusters } from "../../../../../automation/sandbox/endpoint/open-clusters";
import { MASTER, WRITER } from "../../../../support/test-cluster";

describe("the clusters of a sandbox", () => {
  it("open, serve a login by the certificate's name, and leave nothing behind", async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "sallyport-test-"));
    const clocks = { wall: () => Date.now(), work: () => 0, realDelay: () => 0 };
    const directory = {
      instanceArn: "",
      identityStoreId: "",
      startUrl: "",
      users: [],
      groups: [],
      former: [],
      accessControlAttributes: [],
    };
    const estate = new Estate(clocks, { ...DEFAULT_KNOBS }, directory, randomBytes);
    const authority = await makeAuthority(
      () => Date.now(),
      () => randomBytes(16),
    );
    const clusters = await openClusters(estate, authority, { folder, temporary: os.tmpdir(), clock: systemClock });
    const props = { endpoint: WRITER, port: 5432, clusterResourceId: "cluster-ABC" };
    const place = { token: "aws:rds/cluster:Cluster", id: "app", account: WORKLOAD_ACCOUNT, region: WORKLOAD_REGION };
    await clusters.create(estate.add({ ...place, props }), MASTER);
    const ssl = { ca: authority.caPem, servername: WRITER };
    const client = new Client({
      ...clusters.resolve(WRITER, 5432),
      user: MASTER.username,
      password: MASTER.password,
      database: "postgres",
      ssl,
    });
    client.on("error", () => undefined);
    await client.connect();
    await client.end();
    await clusters.close();
    assert.equal(clusters.resolve(WRITER, 5432), undefined);
    assert.deepEqual(readdirSync(folder), []);
    rmSync(folder, { recursive: true, force: true });
  });
});
