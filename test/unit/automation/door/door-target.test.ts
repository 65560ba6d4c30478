import assert from "node:assert/strict";
import { chooseTarget } from "../../../../automation/door/door-target";
import { DESCRIPTOR, SMALL_DESCRIPTOR } from "../../../support/door-descriptor";

describe("which target", () => {
  it("is the only one when none is named", () => {
    assert.deepEqual(chooseTarget(SMALL_DESCRIPTOR, undefined), {
      database: "app",
      text: "app/app",
      door: {
        environment: "payments/dev",
        env: "dev",
        account: "000000000000",
        region: "eu-west-2",
        tag: { key: "sallyport:door", value: "payments/dev" },
        cluster: { name: "app", resourceId: "cluster-ABC", port: 5432 },
        endpoint: "writer",
        document: { name: "sp-payments-dev-app-writer", hash: "a".repeat(64) },
      },
    });
  });

  it("is the named one, with the reader's document for the reader", () => {
    const { text, database, door } = chooseTarget(DESCRIPTOR, {
      cluster: "app",
      database: "billing",
      endpoint: "reader",
    });
    assert.deepEqual(
      [text, database, door.endpoint, door.document.name],
      ["app/billing@reader", "billing", "reader", "sp-payments-dev-app-reader"],
    );
  });

  it("is refused with the list when it is unknown or not the only one", () => {
    assert.throws(() => chooseTarget(DESCRIPTOR, { cluster: "ap", endpoint: "writer" }), {
      code: "TARGET_UNKNOWN",
      exitCode: 2,
      message: 'There is no target "ap" in dev.',
      likely: "There are: app/app, app/billing.",
    });
    assert.throws(() => chooseTarget(DESCRIPTOR, undefined), { message: "Several databases are possible in dev." });
    assert.throws(() => chooseTarget({ ...DESCRIPTOR, clusters: {} }, undefined), { likely: "dev has no database." });
  });
});
