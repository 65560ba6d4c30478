import assert from "node:assert/strict";
import {
  instancePrincipal,
  issueInstanceCredentials,
} from "../../../../../automation/sandbox/node/instance-credentials";
import { doorEstate } from "../../../../support/door-estate";

describe("an instance's credentials", () => {
  it("are the role's, with the instance as session, for six hours", () => {
    const { estate, instance, made } = doorEstate();
    assert.ok(made.role);
    const key = issueInstanceCredentials(estate, instance, made.role);
    assert.match(key.accessKeyId, /^ASIA[A-Z2-7]{16}$/);
    assert.equal(key.expiresAt - estate.clocks.wall(), 21_600_000);
    assert.notEqual(key.sessionToken, undefined);
    assert.equal(estate.keys.get(key.accessKeyId), key);
    assert.deepEqual(key.principal, {
      account: "000000000000",
      arn: "arn:aws:sts::000000000000:assumed-role/sp-bastion/i-0123456789abcdef0",
      roleArn: "arn:aws:iam::000000000000:role/sp-bastion",
      userId: "AROABASTION:i-0123456789abcdef0",
      sessionName: "i-0123456789abcdef0",
      principalTags: { team: "platform" },
      source: { kind: "role", roleName: "sp-bastion", roleId: "AROABASTION" },
    });
  });

  it("tags that are no texts are left out", () => {
    const { instance, made } = doorEstate();
    assert.ok(made.role);
    made.role.props.tags = { a: "b", c: 1 };
    assert.deepEqual(instancePrincipal(instance, made.role).principalTags, { a: "b" });
  });
});
