import assert from "node:assert/strict";
import type { ClusterRuntime } from "../../../../../automation/sandbox/account/ports";
import { isLiteralAddress, resolveFrom } from "../../../../../automation/sandbox/node/resolve";
import { CLUSTER_HOST, doorEstate, type DoorEstate } from "../../../../support/door-estate";

describe("looking up a session's host as the agent does", () => {
  const address = { host: "127.0.0.1", port: 4711 };
  const clusters: ClusterRuntime = {
    create: () => Promise.resolve(),
    delete: () => Promise.resolve(),
    resolve: () => address,
  };
  const resolve = (host: string, door: DoorEstate = doorEstate()) =>
    resolveFrom(door.estate, clusters, door.instance, host, 5432);

  it("finds the address behind a cluster's name", async () => {
    assert.deepEqual(await resolve(CLUSTER_HOST), { host: CLUSTER_HOST, port: 5432, address });
  });

  it("matrix 14: says the agent's sentence for a name that does not resolve", async () => {
    await assert.rejects(resolve("db.example.com"), { message: "lookup db.example.com: no such host" });
    const door = doorEstate();
    assert.ok(door.made.vpc);
    door.made.vpc.props.enableDnsSupport = false;
    await assert.rejects(resolve(CLUSTER_HOST, door), { message: `lookup ${CLUSTER_HOST}: no such host` });
  });

  it("matrix 14: says the agent's sentence for what is never forwarded to", async () => {
    for (const host of ["169.254.169.254", "fd00:ec2::253"])
      await assert.rejects(resolve(host), { message: `Forwarding to IP address ${host} is forbidden.` });
  });

  it("takes other addresses and the instance itself as they are: whether somebody answers shows when it dials", async () => {
    for (const host of ["10.40.0.200", "127.0.0.1", "localhost", "LOCALHOST"])
      assert.deepEqual(await resolve(host), { host, port: 5432, address: undefined });
  });

  it("tells addresses from names", () => {
    assert.deepEqual(["10.0.0.5", "fd00:ec2::254", "db.internal", "10.example.com"].map(isLiteralAddress), [
      true,
      true,
      false,
      false,
    ]);
  });
});
