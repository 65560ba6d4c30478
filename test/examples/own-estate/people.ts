import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { database } from "./database";
import { ACCOUNT, arn, TAGS } from "./settings";

const DOCUMENT = "shop-database";

new aws.ssm.Document(DOCUMENT, {
  name: DOCUMENT,
  documentType: "Session",
  documentFormat: "JSON",
  content: pulumi.jsonStringify({
    schemaVersion: "1.0",
    description: "Port of the shop's database",
    sessionType: "Port",
    parameters: { localPortNumber: { type: "String", default: "0", allowedPattern: "^[0-9]{1,5}$" } },
    properties: {
      type: "LocalPortForwarding",
      host: database.address,
      portNumber: "5432",
      localPortNumber: "{{ localPortNumber }}",
    },
    inputs: { idleSessionTimeout: "20", maxSessionDuration: "480" },
  }),
  tags: TAGS,
});

const set = new aws.ssoadmin.PermissionSet("analyst", {
  name: "shop-analyst",
  instanceArn: "arn:aws:sso:::instance/ssoins-0a1b2c3d4e5f6071",
  sessionDuration: "PT4H",
  tags: TAGS,
});

new aws.ssoadmin.PermissionSetInlinePolicy("analyst", {
  instanceArn: set.instanceArn,
  permissionSetArn: set.arn,
  inlinePolicy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "rds-db:connect",
        Resource: pulumi.interpolate`${arn("rds-db", "dbuser")}:${database.resourceId}/shop_reader`,
      },
      {
        Effect: "Allow",
        Action: "ssm:StartSession",
        Resource: arn("ec2", "instance/*"),
        Condition: {
          StringEquals: { "ssm:resourceTag/access": "shop-database" },
          BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" },
        },
      },
      { Effect: "Allow", Action: "ssm:StartSession", Resource: arn("ssm", `document/${DOCUMENT}`) },
      { Effect: "Allow", Action: "ssmmessages:OpenDataChannel", Resource: arn("ssm", "session/*") },
      {
        Effect: "Allow",
        Action: ["ssm:TerminateSession", "ssm:ResumeSession"],
        Resource: arn("ssm", "session/${aws:userid}-*"),
      },
    ],
  }),
});

new aws.ssoadmin.AccountAssignment("analyst", {
  instanceArn: set.instanceArn,
  permissionSetArn: set.arn,
  principalType: "GROUP",
  principalId: "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9",
  targetType: "AWS_ACCOUNT",
  targetId: ACCOUNT,
});
