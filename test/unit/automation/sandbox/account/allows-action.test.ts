import assert from "node:assert/strict";
import type { Principal } from "../../../../../automation/sandbox/account/estate";
import { allowsAction, listOf, statementsOf } from "../../../../../automation/sandbox/account/allows-action";
import { runnerKey } from "../../../../../automation/sandbox/account/seed";
import { testEstate } from "../provider/fixture";

describe("actions of a principal", () => {
  const { estate } = testEstate();
  const runner = runnerKey(estate).principal;
  const roleNamed = (roleName: string, account = "000000000001"): Principal => ({
    ...runner,
    account,
    source: { kind: "role", roleName, roleId: "AROA" },
  });

  it("the administrator may all, a role what its policies say, a person nothing", () => {
    assert.equal(allowsAction(estate, runner, "ec2:CreateVpc"), true);
    assert.equal(allowsAction(estate, roleNamed("sallyport-identity"), "sso:CreatePermissionSet"), true);
    assert.equal(allowsAction(estate, roleNamed("sallyport-identity"), "ec2:CreateVpc"), false);
    assert.equal(allowsAction(estate, roleNamed("sallyport-identity", "000000000000"), "sso:ListInstances"), false);
    assert.equal(
      allowsAction(estate, { ...runner, source: { kind: "permissionSet", arn: "arn" } }, "ec2:CreateVpc"),
      false,
    );
  });

  it("a Deny wins, patterns are no regular expressions", () => {
    const policy = (statement: object[]): string => JSON.stringify({ Statement: statement });
    const add = (role: string, statement: object[]) =>
      estate.add({
        token: "aws:iam/rolePolicy:RolePolicy",
        id: `${role}:p`,
        account: "000000000000",
        region: "global",
        props: { role, policy: policy(statement) },
      });
    add("a", [
      { Effect: "Allow", Action: ["ec2:*"] },
      { Effect: "Deny", Action: "EC2:Delete?pc" },
    ]);
    add("b", [{ Effect: "Allow", Action: "ec2.CreateVpc" }]);
    const may = (role: string, action: string) => allowsAction(estate, roleNamed(role, "000000000000"), action);
    assert.deepEqual(
      [may("a", "ec2:CreateVpc"), may("a", "ec2:DeleteVpc"), may("b", "ec2:CreateVpc")],
      [true, false, false],
    );
  });

  it("one statement or text is a list of one", () => {
    assert.deepEqual(statementsOf('{"Statement":{"Effect":"Allow"}}'), [{ Effect: "Allow" }]);
    assert.deepEqual([listOf("a"), listOf(["a", 1]), listOf(undefined)], [["a"], ["a"], []]);
  });
});
