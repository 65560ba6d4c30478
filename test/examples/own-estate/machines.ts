import * as aws from "@pulumi/aws";
import { appGroup, bastionGroup, mailerGroup } from "./groups";
import { app, operators } from "./network";
import { ACCOUNT, TAGS } from "./settings";

const SHARED = {
  ami: "ami-0a1b2c3d4e5f60718",
  instanceType: "t4g.small",
  associatePublicIpAddress: false,
  metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
  rootBlockDevice: { encrypted: true },
};

const role = new aws.iam.Role("bastion", {
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "ec2.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
      },
    ],
  }),
  tags: TAGS,
});
new aws.iam.RolePolicyAttachment("bastion", {
  role: role.name,
  policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
});

/** The way in for people: Session Manager, nothing else. */
new aws.ec2.Instance("bastion", {
  ...SHARED,
  subnetId: operators.ids[0]!,
  vpcSecurityGroupIds: [bastionGroup.id],
  iamInstanceProfile: new aws.iam.InstanceProfile("bastion", { role: role.name }).name,
  tags: { ...TAGS, Name: "bastion", access: "shop-database" },
});

/** The shop itself. */
new aws.ec2.Instance("shop", {
  ...SHARED,
  subnetId: app.ids[0]!,
  vpcSecurityGroupIds: [appGroup.id],
  tags: { ...TAGS, Name: "shop" },
});

/** A vendor's appliance that its maker still enters by a key: the exemption in policy-config.json says until when. */
new aws.ec2.Instance("mailer", {
  ...SHARED,
  subnetId: app.ids[1]!,
  vpcSecurityGroupIds: [mailerGroup.id],
  keyName: "vendor",
  tags: { ...TAGS, Name: "mailer" },
});
