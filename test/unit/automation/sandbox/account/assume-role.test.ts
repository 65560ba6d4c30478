import assert from "node:assert/strict";
import { assumeRole } from "../../../../../automation/sandbox/account/assume-role";
import type { Json } from "../../../../../automation/sandbox/account/estate";
import { plainText } from "../../../../../automation/sandbox/account/plain-text";
import { runnerKey } from "../../../../../automation/sandbox/account/seed";
import { testEstate } from "../provider/fixture";

const ROLE = "aws:iam/role:Role";
const IDENTITY = "arn:aws:iam::000000000001:role/sallyport-identity";
const yes = (): boolean => true;

describe("AssumeRole", () => {
  it("gives a session of the role to whom it trusts", () => {
    const { estate } = testEstate();
    const role = estate.find(ROLE, "sallyport-identity");
    assert.deepEqual(assumeRole(estate, runnerKey(estate).principal, { roleArn: IDENTITY, sessionName: "s" }, yes), {
      account: "000000000001",
      arn: "arn:aws:sts::000000000001:assumed-role/sallyport-identity/s",
      roleArn: IDENTITY,
      userId: `${plainText(role?.hidden.roleId)}:s`,
      sessionName: "s",
      principalTags: {},
      source: { kind: "role", roleName: "sallyport-identity", roleId: role?.hidden.roleId },
    });
  });

  it("refuses a stranger, a missing role and a caller without the permission, in the same words", () => {
    const { estate } = testEstate();
    const runner = runnerKey(estate).principal;
    const expected = (roleArn: string) => ({
      code: "AccessDenied",
      message: `User: ${runner.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
    });
    assert.throws(
      () =>
        assumeRole(
          estate,
          { ...runner, roleArn: "arn:aws:iam::000000000000:role/other" },
          { roleArn: IDENTITY, sessionName: "s" },
          yes,
        ),
      expected(IDENTITY),
    );
    assert.throws(
      () => assumeRole(estate, runner, { roleArn: `${IDENTITY}x`, sessionName: "s" }, yes),
      expected(`${IDENTITY}x`),
    );
    assert.throws(
      () => assumeRole(estate, runner, { roleArn: IDENTITY, sessionName: "s" }, () => false),
      expected(IDENTITY),
    );
  });

  it("T85 a trusted role that was made anew is a stranger", () => {
    const { estate } = testEstate();
    const runner = runnerKey(estate).principal;
    const born = { ...runner, userId: "AROAAAAAAAAAAAAAAAAAA:runner" };
    assert.throws(() => assumeRole(estate, born, { roleArn: IDENTITY, sessionName: "s" }, yes), {
      code: "AccessDenied",
    });
  });

  it("an account or everybody can be trusted too", () => {
    const { estate } = testEstate();
    const runner = runnerKey(estate).principal;
    const role = estate.find(ROLE, "sallyport-identity");
    const trusting = (Principal: Json, Effect = "Allow"): boolean => {
      if (role)
        role.props.assumeRolePolicy = JSON.stringify({ Statement: { Effect, Action: "sts:AssumeRole", Principal } });
      try {
        return (
          assumeRole(estate, { ...runner, roleArn: "other" }, { roleArn: IDENTITY, sessionName: "s" }, yes) !==
          undefined
        );
      } catch {
        return false;
      }
    };
    const root = "arn:aws:iam::000000000000:root";
    assert.deepEqual(
      ["*", { AWS: root }, { AWS: ["000000000000"] }, { AWS: "000000000001" }, { Service: "ec2.amazonaws.com" }].map(
        (one) => trusting(one),
      ),
      [true, true, true, false, false],
    );
    assert.equal(trusting("*", "Deny"), false);
  });
});
