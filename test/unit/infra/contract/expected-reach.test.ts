import assert from "node:assert/strict";
import { environmentAccess } from "../../../../infra/contract/environment-access";
import { expectedReach } from "../../../../infra/contract/expected-reach";
import { accessOf, dev, valueOf } from "./sample";

describe("expected reach", () => {
  const reach = (roles: string) => {
    const access = accessOf(roles);
    return expectedReach({
      estate: "payments",
      env: "dev",
      attributeKey: "dbuser",
      roles: valueOf(environmentAccess(access, dev())),
    });
  };

  it("names each set's login, clusters and both documents of each", () => {
    assert.deepEqual(reach("{ reader: { on: { app/app: readonly } } }"), {
      "sp-payments-dev-reader": {
        logins: ["${aws:PrincipalTag/dbuser}"],
        clusters: ["payments-dev-app"],
        documents: ["sp-payments-dev-app-reader", "sp-payments-dev-app-writer"],
      },
    });
  });

  it("a role with a separate login reaches that login alone", () => {
    const { logins } = reach("{ admin: { on: { app/app: owner }, login: separate } }")["sp-payments-dev-admin"] ?? {};
    assert.deepEqual(logins, ["${aws:PrincipalTag/dbuser}--admin"]);
  });

  it("a role of another environment has no set here", () => {
    assert.deepEqual(reach("{ reader: { on: { app/app: readonly }, in: [prod] } }"), {});
  });
});
