import assert from "node:assert/strict";
import fc from "fast-check";
import * as names from "../../../../infra/contract/names";

describe("names", () => {
  it("are the documented ones", () => {
    assert.equal(names.DOOR_TAG_KEY, "sallyport:door");
    assert.equal(names.doorTagValue("payments", "dev"), "payments/dev");
    assert.equal(names.sessionDocumentName("payments", "dev", "app", "writer"), "sp-payments-dev-app-writer");
    assert.equal(names.descriptorPath("payments"), "/sallyport/payments");
    assert.equal(names.descriptorName("payments", "dev"), "/sallyport/payments/dev");
    assert.equal(names.clusterIdentifier("payments", "dev", "app"), "payments-dev-app");
    assert.equal(names.flowLogRoleName("payments", "dev"), "sallyport-payments-dev-flow-logs");
    assert.equal(names.flowLogGroupName("payments", "dev"), "/sallyport/payments/dev/flow-logs");
    assert.equal(
      names.clusterLogGroupName("payments-dev-app", "postgresql"),
      "/aws/rds/cluster/payments-dev-app/postgresql",
    );
    assert.equal(names.loginName("jane@example.com", "admin", "self"), "jane@example.com");
    assert.equal(names.loginName("jane@example.com", "admin", "separate"), "jane@example.com--admin");
    assert.equal(names.privilegeRoleName("app", "readonly"), "sallyport_app_readonly");
  });

  it("of permission sets can be read back", () => {
    const plain = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
    const role = fc.stringMatching(/^[a-z][a-z0-9]{0,4}(-[a-z0-9]{1,4}){0,3}$/);
    fc.assert(
      fc.property(plain, plain, role, (estate, env, name) => {
        assert.deepEqual(names.parsePermissionSetName(names.permissionSetName(estate, env, name)), {
          estate,
          env,
          role: name,
        });
      }),
    );
  });

  it("of other permission sets are not read", () => {
    for (const name of [
      "AdministratorAccess",
      "sp-payments",
      "sp-payments-dev",
      "sp-payments-dev-",
      "sp-Payments-dev-x",
      "xsp-a-b-c",
    ]) {
      assert.equal(names.parsePermissionSetName(name), undefined, name);
    }
  });
});
