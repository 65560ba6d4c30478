import assert from "node:assert/strict";
import { roleOfInstance } from "../../../../../automation/sandbox/node/instance-role";
import { doorEstate, type DoorEstate } from "../../../../support/door-estate";

function reasonAfter(change: (door: DoorEstate) => void): string {
  const door = doorEstate();
  change(door);
  const found = roleOfInstance(door.estate, door.instance);
  return "reason" in found ? found.reason : `role ${found.role.id}`;
}

describe("the role of an instance", () => {
  it("is found through its profile", () =>
    assert.equal(
      reasonAfter(() => undefined),
      "role sp-bastion",
    ));

  it("needs a profile", () => {
    assert.equal(
      reasonAfter((door) => delete door.instance.props.iamInstanceProfile),
      "the instance has no instance profile",
    );
    assert.equal(
      reasonAfter((door) => door.drop("profile")),
      "the instance profile sp-bastion does not exist",
    );
  });

  it("needs a role in the profile", () => {
    assert.equal(
      reasonAfter((door) => door.drop("role")),
      "the instance profile sp-bastion holds no role",
    );
  });

  it("needs a role that trusts EC2", () => {
    const reason = reasonAfter((door) => {
      if (door.made.role) door.made.role.props.assumeRolePolicy = "{}";
    });
    assert.equal(reason, "the role sp-bastion does not trust ec2.amazonaws.com");
  });
});
