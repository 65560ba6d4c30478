import assert from "node:assert/strict";
import { AwsError, ProviderError, providerText } from "../../../../../automation/sandbox/account/aws-error";
import { seededBytes } from "../provider/fixture";

describe("provider error texts", () => {
  const call = { verb: "creating", noun: "EC2 VPC", service: "EC2", operation: "CreateVpc" } as const;
  const text = (error: unknown, changes = {}): string =>
    providerText({ ...call, ...changes }, error, seededBytes()).replace(
      /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/,
      "ID",
    );

  it("say what failed, the call, the status, the code and AWS's words", () => {
    assert.equal(
      text(new AwsError("VpcLimitExceeded", "The maximum number of VPCs has been reached.")),
      "creating EC2 VPC: operation error EC2: CreateVpc, https response error StatusCode: 400, RequestID: ID, api error VpcLimitExceeded: The maximum number of VPCs has been reached.",
    );
    assert.equal(
      text(new AwsError("NoSuchEntity", "gone"), {
        verb: "deleting",
        noun: "IAM Role (r)",
        service: "IAM",
        operation: "DeleteRole",
      }),
      "deleting IAM Role (r): operation error IAM: DeleteRole, https response error StatusCode: 404, RequestID: ID, NoSuchEntity: gone",
    );
  });

  it("the provider's own refusals stand alone, anything else after what failed", () => {
    assert.equal(text(new ProviderError("no snapshot name")), "no snapshot name");
    assert.equal(text(new Error("context canceled")), "creating EC2 VPC: context canceled");
    assert.equal(text("odd"), "creating EC2 VPC: odd");
  });
});
