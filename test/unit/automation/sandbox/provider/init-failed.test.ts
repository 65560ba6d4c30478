import assert from "node:assert/strict";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { initFailed } from "../../../../../automation/sandbox/provider/init-failed";
import { decode } from "../../../../../automation/sandbox/provider/protocol/values";

describe("half-made resources", () => {
  it("T14 their error carries id, outputs, inputs and reasons, secrets wrapped", () => {
    const error = initFailed(
      { id: "app", outputs: { a: "b", key: "hush" }, reasons: ["no room", "no time"] },
      { a: "b" },
      new Set(["key"]),
    );
    assert.equal(error.message, "no room; no time");
    const [bytes] = error.metadata.get("grpc-status-details-bin");
    const [any] = Status.deserializeBinary(bytes as Buffer).getDetailsList();
    const detail = any?.unpack(
      (packed) => ErrorResourceInitFailed.deserializeBinary(packed),
      "pulumirpc.ErrorResourceInitFailed",
    );
    const outputs = decode(detail?.getProperties());
    assert.deepEqual([detail?.getId(), outputs.props, [...outputs.secrets]], ["app", { a: "b", key: "hush" }, ["key"]]);
    assert.deepEqual(
      [detail?.getReasonsList(), decode(detail?.getInputs()).props],
      [["no room", "no time"], { a: "b" }],
    );
  });
});
