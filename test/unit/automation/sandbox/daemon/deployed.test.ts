import assert from "node:assert/strict";
import { deployedIn, statusOf } from "../../../../../automation/sandbox/daemon/deployed";
import { CLUSTER_HOST, doorEstate } from "../../../../support/door-estate";

const AGENTS = { state: () => ({ online: true, connected: false, reasons: ["no endpoint"], agentVersion: "3" }) };

describe("what is deployed", () => {
  it("a cluster without address or resource id is not there yet", () => {
    const { estate, cluster } = doorEstate();
    assert.deepEqual(deployedIn(estate).clusters, {});
    cluster.props.clusterResourceId = "cluster-ABC";
    assert.deepEqual(deployedIn(estate).clusters, {
      "sp-app": { host: CLUSTER_HOST, port: 5432, resourceId: "cluster-ABC" },
    });
  });

  it("instances and session documents, no other documents", () => {
    const { estate } = doorEstate();
    const document = (name: string, documentType: string) =>
      estate.add({
        token: "aws:ssm/document:Document",
        id: name,
        account: "000000000000",
        region: "eu-west-2",
        props: { name, documentType },
      });
    document("sp-writer", "Session");
    document("patching", "Command");
    assert.deepEqual(
      [deployedIn(estate).instances, deployedIn(estate).documents],
      [["i-0123456789abcdef0"], ["sp-writer"]],
    );
  });

  it("people who are assigned something come first, through groups too", () => {
    const { estate } = doorEstate();
    const user = (userName: string) =>
      estate.directory.users.push({ userId: `id-${userName}`, userName, displayName: userName, email: userName });
    for (const name of ["nora", "sam", "jane", "kim"]) user(name);
    estate.directory.groups.push({ groupId: "group-1", displayName: "Engineers", members: ["id-jane"] });
    const assign = (principalType: string, principalId: string) =>
      estate.add({
        token: "aws:ssoadmin/accountAssignment:AccountAssignment",
        id: principalId,
        account: "000000000001",
        region: "eu-west-1",
        props: { principalType, principalId },
      });
    assert.deepEqual(deployedIn(estate).people, ["nora", "sam", "jane", "kim"]);
    assign("GROUP", "group-1");
    assign("USER", "id-kim");
    assert.deepEqual(deployedIn(estate).people, ["jane", "kim", "nora", "sam"]);
  });

  it("status counts objects by type, but neither seeds nor the sandbox's own", () => {
    const { estate, made } = doorEstate();
    assert.ok(made.role);
    made.role.hidden.seeded = true;
    estate.add({ token: "sandbox:iam:ReservedRole", id: "r", account: "000000000000", region: "global", props: {} });
    const status = statusOf(estate, AGENTS, 3);
    assert.equal(status.objects["aws:ec2/subnet:Subnet"], 4);
    assert.equal("aws:iam/role:Role" in status.objects, false);
    assert.equal("sandbox:iam:ReservedRole" in status.objects, false);
    assert.deepEqual(status.agents, [
      { instance: "i-0123456789abcdef0", online: true, connected: false, reasons: ["no endpoint"] },
    ]);
    assert.equal(status.providers, 3);
  });
});
