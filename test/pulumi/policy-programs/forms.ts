import { allow, Made, policy, session, type Program, type Values } from "./made";

/** Rule → every form in which the same mistake stands, sorted. */
export const FORMS: Readonly<Record<string, readonly string[]>> = {
  "ec2-imdsv2": ["configuration", "server", "spot", "template"],
  "ec2-no-secrets-userdata": ["configuration", "server", "spot", "template"],
  "sg-no-world": ["default", "inline", "inline-v6", "old-rule", "rule", "rule-v6"],
  "sso-connect-scoped": [
    "as-data-source",
    "as-lists",
    "as-object",
    "group-policy",
    "managed",
    "role-inline",
    "role-policy",
    "set-inline",
    "user-policy",
  ],
  "ssm-doc-host-known": ["elsewhere"],
};

/** The same mistake in each form that a program can write it in; no database, so that documents lead nowhere that is known. */
export const forms: Program = async () => {
  groups();
  machines();
  documents();
  new Made("aws:ssm/document:Document", "elsewhere", {
    documentType: "Session",
    content: session("payroll.internal"),
  });
  return {};
};

function groups(): void {
  const world = { protocol: "tcp", fromPort: 443, toPort: 443 };
  new Made("aws:ec2/securityGroup:SecurityGroup", "inline", { ingress: [{ ...world, cidrBlocks: ["0.0.0.0/0"] }] });
  new Made("aws:ec2/securityGroup:SecurityGroup", "inline-v6", { ingress: [{ ...world, ipv6CidrBlocks: ["::/0"] }] });
  new Made("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "default", {
    ingress: [{ ...world, cidrBlocks: ["0.0.0.0/0"] }],
  });
  new Made("aws:ec2/securityGroupRule:SecurityGroupRule", "old-rule", {
    ...world,
    type: "ingress",
    cidrBlocks: ["0.0.0.0/0"],
    securityGroupId: "sg-1",
  });
  for (const [name, address] of [
    ["rule", { cidrIpv4: "0.0.0.0/0" }],
    ["rule-v6", { cidrIpv6: "::/0" }],
  ] as const)
    new Made("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", name, {
      ...address,
      securityGroupId: "sg-1",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
}

function machines(): void {
  const secret = "export PGPASSWORD=hunter2-hunter2";
  const common = { associatePublicIpAddress: false, rootBlockDevice: { encrypted: true } };
  new Made("aws:ec2/instance:Instance", "server", { ...common, userData: secret });
  new Made("aws:ec2/spotInstanceRequest:SpotInstanceRequest", "spot", {
    ...common,
    userDataBase64: Buffer.from(secret).toString("base64"),
  });
  new Made("aws:ec2/launchConfiguration:LaunchConfiguration", "configuration", { ...common, userData: secret });
  new Made("aws:ec2/launchTemplate:LaunchTemplate", "template", {
    blockDeviceMappings: [{ ebs: { encrypted: "true" } }],
    userData: Buffer.from(secret).toString("base64"),
  });
}

function documents(): void {
  const text = policy(allow("rds-db:connect", "*"));
  const object: Values = { Version: "2012-10-17", Statement: [allow("rds-db:connect", "*")] };
  new Made("aws:iam/policy:Policy", "managed", { policy: text });
  new Made("aws:iam/policy:Policy", "as-object", { policy: object });
  new Made("aws:iam/policy:Policy", "as-lists", { policy: policy(allow(["rds-db:connect"], ["*"])) });
  // As aws.iam.getPolicyDocument writes it.
  new Made("aws:iam/policy:Policy", "as-data-source", {
    policy: JSON.stringify(
      { Statement: [{ Sid: "", ...allow("rds-db:connect", "*") }], Version: "2012-10-17" },
      null,
      2,
    ),
  });
  new Made("aws:iam/rolePolicy:RolePolicy", "role-policy", { role: "r", policy: text });
  new Made("aws:iam/groupPolicy:GroupPolicy", "group-policy", { group: "g", policy: text });
  new Made("aws:iam/userPolicy:UserPolicy", "user-policy", { user: "u", policy: text });
  new Made("aws:iam/role:Role", "role-inline", {
    assumeRolePolicy: policy({
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Principal: { Service: "ec2.amazonaws.com" },
    }),
    inlinePolicies: [{ name: "connect", policy: text }],
  });
  new Made("aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy", "set-inline", {
    permissionSetArn: "arn:aws:sso:::permissionSet/ssoins-1/ps-1",
    inlinePolicy: text,
  });
}
