import assert from "node:assert/strict";
import { clusterByHost, nameProblem, reachesCluster } from "../../../../../automation/sandbox/network/reaches-cluster";
import { CLUSTER_HOST, doorEstate, READER_HOST } from "../../../../support/door-estate";

describe("the way to a cluster", () => {
  it("is open with the door's rules, by writer, reader and member name", () => {
    const { estate, instance } = doorEstate();
    for (const host of [
      CLUSTER_HOST,
      READER_HOST,
      CLUSTER_HOST.toUpperCase(),
      `${CLUSTER_HOST}.`,
      "sp-app-1.abcdefghijkl.eu-west-2.rds.amazonaws.com",
    ]) {
      assert.deepEqual(reachesCluster(estate, instance, host, 5432), { ok: true }, host);
    }
  });

  it("without the bastion's egress rule it times out, and says which side", () => {
    const { estate, instance, drop } = doorEstate();
    drop("bastion-to-database");
    const reason = "no egress rule of sg-bastion lets tcp 5432 out to the cluster sp-app";
    assert.deepEqual(reachesCluster(estate, instance, CLUSTER_HOST, 5432), { ok: false, kind: "timeout", reason });
  });

  it("without the database's ingress rule it times out, and says which side", () => {
    const { estate, instance, drop } = doorEstate();
    drop("database-from-bastion");
    const reason = "no ingress rule of sg-database lets tcp 5432 in to the cluster sp-app from the instance";
    assert.deepEqual(reachesCluster(estate, instance, CLUSTER_HOST, 5432), { ok: false, kind: "timeout", reason });
  });

  it("a name that no cluster bears does not resolve", () => {
    const { estate, instance } = doorEstate();
    assert.equal(nameProblem(estate, instance, "db.example.com"), "no cluster has the endpoint db.example.com");
    assert.equal(clusterByHost(estate, "db.example.com"), undefined);
  });

  it("without DNS support no name resolves", () => {
    const { estate, made, instance } = doorEstate();
    assert.ok(made.vpc);
    made.vpc.props.enableDnsSupport = false;
    assert.equal(nameProblem(estate, instance, CLUSTER_HOST), "enableDnsSupport of vpc-1 is off: no name resolves");
  });

  it("a cluster without interface has no address yet", () => {
    const { estate, instance, drop } = doorEstate();
    drop("subnet-group");
    assert.equal(nameProblem(estate, instance, CLUSTER_HOST), "sp-app has no network interface yet");
  });

  it("is no matter of names once the address is known: DNS support may end, a name may be given away", () => {
    const { estate, made, instance, drop } = doorEstate();
    assert.equal(nameProblem(estate, instance, CLUSTER_HOST), undefined);
    assert.ok(made.vpc);
    made.vpc.props.enableDnsSupport = false;
    assert.deepEqual(reachesCluster(estate, instance, CLUSTER_HOST, 5432), { ok: true });
    drop("subnet-group");
    const reason = `nobody has the address that ${CLUSTER_HOST} had`;
    assert.deepEqual(reachesCluster(estate, instance, CLUSTER_HOST, 5432), { ok: false, kind: "timeout", reason });
  });
});
