import assert from "node:assert/strict";
import { rolesOf } from "../../../../policies/iam/bastion-roles";
import type { StackResource } from "../../../../policies/rule";

const resource = (
  type: string,
  name: string,
  props: Record<string, unknown> = {},
  from: Record<string, StackResource[]> = {},
): StackResource => ({ type, name, urn: name, props, propertyDependencies: from });

function roles(bastion: StackResource, resources: StackResource[]): { found: string[]; open: string[] } {
  const open: string[] = [];
  const found = rolesOf(bastion, [bastion, ...resources], { undecided: (what) => void open.push(what) });
  return { found: found.map(({ name }) => name), open };
}

describe("rolesOf", () => {
  const role = resource("aws:iam/role:Role", "role");
  const other = resource("aws:iam/role:Role", "other");
  const profile = resource("aws:iam/instanceProfile:InstanceProfile", "profile", {}, { role: [role] });

  it("follows an instance to its profile and role", () => {
    const bastion = resource("aws:ec2/instance:Instance", "bastion", {}, { iamInstanceProfile: [profile] });
    assert.deepEqual(roles(bastion, [profile, role, other]), { found: ["role"], open: [] });
  });

  it("follows a group by its template, and by an older launch configuration", () => {
    for (const step of ["launchTemplate", "launchConfiguration", "mixedInstancesPolicy"]) {
      const start = resource("aws:ec2/launchTemplate:LaunchTemplate", "start", {}, { iamInstanceProfile: [profile] });
      const bastion = resource("aws:autoscaling/group:Group", "bastion", {}, { [step]: [start] });
      assert.deepEqual(roles(bastion, [start, profile, role, other]), { found: ["role"], open: [] }, step);
    }
  });

  it("says a profile that is not of the program", () => {
    const bastion = resource("aws:ec2/instance:Instance", "bastion", { iamInstanceProfile: "elsewhere" });
    assert.deepEqual(roles(bastion, [profile, role]), { found: [], open: ["role of bastion"] });
  });

  it("finds none, and says nothing, where there is no profile at all", () => {
    assert.deepEqual(roles(resource("t", "bastion"), [profile, role]), { found: [], open: [] });
  });
});
