import assert from "node:assert/strict";
import { makeSsoAdmin } from "../../../../automation/aws/sso-admin";
import { systemClock } from "../../../../automation/core/clock";
import { EXAMPLE_KEYS, FakeAws, jsonError } from "../../../support/fake-aws";

describe("Identity Center adapter", () => {
  let aws: FakeAws;
  const admin = () =>
    makeSsoAdmin({ region: "eu-west-1", endpoint: aws.url, credentials: EXAMPLE_KEYS, clock: systemClock });
  beforeEach(async () => {
    aws = await FakeAws.start();
  });
  afterEach(() => aws.close());

  it("lists instances with their directory and owner", async () => {
    aws.on("ListInstances", {
      json: { Instances: [{ InstanceArn: "arn:i", IdentityStoreId: "d-1", OwnerAccountId: "000000000001" }] },
    });
    assert.deepEqual(await admin().instances(), [
      { instanceArn: "arn:i", identityStoreId: "d-1", ownerAccount: "000000000001" },
    ]);
  });

  it("tells the attributes for access control; none where they were never configured", async () => {
    const operation = "DescribeInstanceAccessControlAttributeConfiguration";
    aws.on(operation, {
      json: {
        InstanceAccessControlAttributeConfiguration: {
          AccessControlAttributes: [{ Key: "dbuser", Value: { Source: ["${path:userName}"] } }],
        },
      },
    });
    assert.deepEqual(await admin().accessControlAttributes("arn:i"), { dbuser: ["${path:userName}"] });
    aws.on(operation, jsonError("ResourceNotFoundException", "none"));
    assert.deepEqual(await admin().accessControlAttributes("arn:i"), {});
    aws.on(operation, jsonError("AccessDeniedException", "no"));
    await assert.rejects(admin().accessControlAttributes("arn:i"), { code: "AUTH_FORBIDDEN" });
  });
});
