import assert from "node:assert/strict";
import { BastionRole } from "../../../../infra/bastion/bastion-role";
import { bastionPolicy, bastionTrustPolicy } from "../../../../infra/contract/bastion-policy";
import { inputsOf, record, settled } from "../recorded";

describe("bastion's role", () => {
  it("is its own, assumed by instances only, with the agent's calls, and ready before the profile is", async () => {
    const { recording, result } = await record(
      () => new BastionRole("r", { estate: "payments", env: "dev", region: "eu-west-2" }),
    );
    assert.equal(await settled(result.profileName), "sallyport-payments-dev-bastion");
    const role = inputsOf(recording, "aws:iam/role:Role");
    assert.equal(role["name"], "sallyport-payments-dev-bastion");
    assert.deepEqual(JSON.parse(String(role["assumeRolePolicy"])), bastionTrustPolicy("eu-west-2"));
    assert.equal(role["managedPolicyArns"], undefined);
    assert.deepEqual(
      JSON.parse(String(inputsOf(recording, "aws:iam/rolePolicy:RolePolicy")["policy"])),
      bastionPolicy(),
    );
    assert.ok(recording.dependencies.get("aws:iam/instanceProfile:InstanceProfile r-profile")?.includes("r-agent"));
  });
});
