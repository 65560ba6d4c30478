import assert from "node:assert/strict";
import { permissionSetPolicy, type PermissionSetPolicyInput } from "../../../../infra/contract/permission-set-policy";

const INPUT: PermissionSetPolicyInput = {
  estate: "payments",
  env: "dev",
  account: "111122223333",
  region: "eu-west-2",
  identityRegion: "eu-west-1",
  attributeKey: "dbuser",
  role: { name: "developer", login: "self" },
  clusters: [{ name: "app", identifier: "payments-dev-app", resourceId: "cluster-ABC" }],
  ends: { persons: [] },
};
const INSTANCES = "arn:aws:ec2:eu-west-2:111122223333:instance/*";
const SESSIONS = "arn:aws:ssm:eu-west-2:111122223333:session/*";
const DOCUMENTS = ["writer", "reader"].map(
  (end) => `arn:aws:ssm:eu-west-2:111122223333:document/sp-payments-dev-app-${end}`,
);

describe("permission-set policy", () => {
  it("allows the tagged instance, the pinned documents, the own database user, and nothing else", () => {
    assert.deepEqual(permissionSetPolicy(INPUT), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "ConnectAsSelf",
          Effect: "Allow",
          Action: "rds-db:connect",
          Resource: ["arn:aws:rds-db:eu-west-2:111122223333:dbuser:cluster-ABC/${aws:PrincipalTag/dbuser}"],
        },
        {
          Sid: "TunnelTarget",
          Effect: "Allow",
          Action: "ssm:StartSession",
          Resource: INSTANCES,
          Condition: {
            StringEquals: { "ssm:resourceTag/sallyport:door": "payments/dev" },
            BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" },
          },
        },
        { Sid: "TunnelDocument", Effect: "Allow", Action: "ssm:StartSession", Resource: DOCUMENTS },
        { Sid: "DataChannel", Effect: "Allow", Action: "ssmmessages:OpenDataChannel", Resource: SESSIONS },
        {
          Sid: "OwnSessions",
          Effect: "Allow",
          Action: ["ssm:TerminateSession", "ssm:ResumeSession"],
          Resource: SESSIONS,
          Condition: { StringLike: { "ssm:resourceTag/aws:ssmmessages:session-id": "${aws:userid}*" } },
        },
        {
          Sid: "ReadDescriptor",
          Effect: "Allow",
          Action: "ssm:GetParametersByPath",
          Resource: [
            "arn:aws:ssm:eu-west-1:111122223333:parameter/sallyport/payments",
            "arn:aws:ssm:eu-west-1:111122223333:parameter/sallyport/payments/*",
          ],
        },
        { Sid: "CheckDocument", Effect: "Allow", Action: "ssm:DescribeDocument", Resource: DOCUMENTS },
        {
          Sid: "FindTarget",
          Effect: "Allow",
          Action: ["ssm:DescribeInstanceInformation", "ssm:GetConnectionStatus", "rds:DescribeDBClusters"],
          Resource: "*",
        },
        { Sid: "NoOtherDocuments", Effect: "Deny", Action: "ssm:StartSession", NotResource: [INSTANCES, ...DOCUMENTS] },
      ],
    });
  });

  it("binds a separate login to the role's own suffix", () => {
    const policy = permissionSetPolicy({ ...INPUT, role: { name: "admin", login: "separate" } });
    assert.deepEqual(policy.Statement[0]?.Resource, [
      "arn:aws:rds-db:eu-west-2:111122223333:dbuser:cluster-ABC/${aws:PrincipalTag/dbuser}--admin",
    ]);
  });

  it("follows the partition of the region", () => {
    const policy = JSON.stringify(
      permissionSetPolicy({ ...INPUT, region: "us-gov-west-1", identityRegion: "us-gov-west-1" }),
    );
    assert.equal(policy.includes("arn:aws:"), false);
    assert.equal(policy.includes("arn:aws-us-gov:rds-db:us-gov-west-1:"), true);
  });

  it("denies everything from the moment of an end, for persons by name and for all without one", () => {
    const ends = {
      everybody: "2027-06-30T00:00:00Z",
      persons: [{ until: "2027-01-31T00:00:00Z", userNames: ["ann", "bob"] }],
    };
    assert.deepEqual(permissionSetPolicy({ ...INPUT, ends }).Statement.slice(9), [
      {
        Sid: "End1",
        Effect: "Deny",
        Action: "*",
        Resource: "*",
        Condition: {
          DateGreaterThanEquals: { "aws:CurrentTime": "2027-01-31T00:00:00Z" },
          StringEquals: { "aws:PrincipalTag/dbuser": ["ann", "bob"] },
        },
      },
      {
        Sid: "EndOfRole",
        Effect: "Deny",
        Action: "*",
        Resource: "*",
        Condition: { DateGreaterThanEquals: { "aws:CurrentTime": "2027-06-30T00:00:00Z" } },
      },
    ]);
  });
});
