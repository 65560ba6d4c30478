import assert from "node:assert/strict";
import { permit } from "../../../../../automation/sandbox/api/permit";
import { fixedEstate, personPrincipal } from "../../../../support/estate-fixtures";

const call = () => ({
  estate: fixedEstate(),
  principal: personPrincipal("none"),
  account: "000000000000",
  region: "eu-west-2",
  input: {},
});

describe("permit", () => {
  it("refuses in AWS's words, with the code and status of the service's protocol", () => {
    assert.throws(() => permit(call(), "ssm:StartSession", "arn:aws:ec2:eu-west-2:000000000000:instance/i-1"), {
      code: "AccessDeniedException",
      status: 400,
      message:
        /is not authorized to perform: ssm:StartSession on resource: arn:aws:ec2:eu-west-2:000000000000:instance\/i-1 because no identity-based policy allows/,
    });
    assert.throws(() => permit(call(), "rds:DescribeDBClusters"), { code: "AccessDenied", status: 403 });
  });

  it("lets pass what the policies allow", () => {
    const administrator = { ...personPrincipal("none"), source: { kind: "administrator" as const } };
    permit({ ...call(), principal: administrator }, "ssm:StartSession", "x");
  });
});
