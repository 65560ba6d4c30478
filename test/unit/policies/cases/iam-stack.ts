import { iamBastionMin } from "../../../../policies/iam/bastion-min";
import { UNKNOWN } from "../run-rule";
import { allow, text } from "./documents";
import { BASTION, type StackSample } from "./estate";
import type { StackRuleCases } from "./stack-rule-cases";

type Values = Record<string, unknown>;

const AGENT = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
const NOT_NEEDED = "attaches a policy that the agent does not need";
const resource = (type: string, name: string, props: Values, from?: StackSample["from"]): StackSample => ({
  type,
  name,
  props,
  ...(from ? { from } : {}),
});
const bastion: StackSample = {
  ...BASTION,
  props: { ...BASTION.props, iamInstanceProfile: UNKNOWN },
  from: { iamInstanceProfile: ["profile"] },
};
const profile = resource("aws:iam/instanceProfile:InstanceProfile", "profile", { role: UNKNOWN }, { role: ["role"] });
const role = (props: Values = {}): StackSample => resource("aws:iam/role:Role", "role", props);
const rolePolicy = (...statements: Values[]): StackSample =>
  resource(
    "aws:iam/rolePolicy:RolePolicy",
    "inline",
    { role: UNKNOWN, policy: text(...statements) },
    { role: ["role"] },
  );
const attached = (policyArn: unknown, from: StackSample["from"] = {}): StackSample =>
  resource(
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "attachment",
    { role: UNKNOWN, policyArn },
    { role: ["role"], ...from },
  );
const own = (document: unknown): StackSample =>
  resource("aws:iam/policy:Policy", "policy", { arn: UNKNOWN, policy: document });
const base = [bastion, profile, role()];
const CONNECT = text(allow("rds-db:connect", "*"));

export const IAM_STACK_CASES: readonly StackRuleCases[] = [
  {
    rule: iamBastionMin,
    ok: [
      { title: "no bastion: other roles are another matter", resources: [role(), rolePolicy(allow("*", "*"))] },
      { title: "a bastion without a role", resources: [{ ...BASTION }] },
      { title: "the agent's policy of AWS", resources: [...base, attached(AGENT)] },
      {
        title: "the agent's actions by name",
        resources: [...base, rolePolicy(allow(["ssmmessages:*", "ssm:Update*"], "*"))],
      },
      { title: "denials", resources: [...base, rolePolicy({ Effect: "Deny", Action: "*", Resource: "*" })] },
      {
        title: "a policy of the program",
        resources: [...base, own(text(allow("ssm:Get*", "*"))), attached(UNKNOWN, { policyArn: ["policy"] })],
      },
      {
        title: "a policy of another role",
        resources: [
          ...base,
          { ...role(), name: "other" },
          { ...rolePolicy(allow("rds-db:connect", "*")), from: { role: ["other"] } },
        ],
      },
      {
        title: "NotAction that leaves out all that is forbidden",
        resources: [
          ...base,
          rolePolicy({ Effect: "Allow", NotAction: ["rds-db:*", "secretsmanager:*", "ssm:start*"], Resource: "*" }),
        ],
      },
      {
        title: "another policy that is configured",
        resources: [...base, attached("arn:aws:iam::aws:policy/service-role/Other")],
        settings: { managedPolicies: ["Other"] },
      },
    ],
    bad: [
      {
        title: "an administrator",
        resources: [...base, attached("arn:aws:iam::aws:policy/AdministratorAccess")],
        found: [`attachment: policyArn ${NOT_NEEDED}`],
      },
      {
        title: "the old policy of AWS",
        resources: [...base, attached("arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM")],
        found: [`attachment: policyArn ${NOT_NEEDED}`],
      },
      {
        title: "a customer's policy of the same name",
        resources: [...base, attached("arn:aws:iam::111122223333:policy/AmazonSSMManagedInstanceCore")],
        found: [`attachment: policyArn ${NOT_NEEDED}`],
      },
      {
        title: "attached in a role itself",
        resources: [bastion, profile, role({ managedPolicyArns: [AGENT, "arn:aws:iam::aws:policy/PowerUserAccess"] })],
        found: [`role: managedPolicyArns ${NOT_NEEDED}`],
      },
      {
        title: "attached to several roles",
        resources: [
          ...base,
          resource(
            "aws:iam/policyAttachment:PolicyAttachment",
            "many",
            { roles: [UNKNOWN], policyArn: "arn:aws:iam::aws:policy/AmazonSSMFullAccess" },
            { roles: ["role"] },
          ),
        ],
        found: [`many: policyArn ${NOT_NEEDED}`],
      },
      {
        title: "an exclusive list",
        resources: [
          ...base,
          resource(
            "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
            "list",
            { roleName: UNKNOWN, policyArns: [AGENT, "arn:aws:iam::aws:policy/ReadOnlyAccess"] },
            { roleName: ["role"] },
          ),
        ],
        found: [`list: policyArns ${NOT_NEEDED}`],
      },
      {
        title: "a database login",
        resources: [...base, rolePolicy(allow("rds-db:connect", "*"))],
        found: ["inline: policy: Statement[0] allows rds-db:connect"],
      },
      {
        title: "secrets, by one action",
        resources: [...base, rolePolicy(allow("secretsmanager:GetSecretValue", "*"))],
        found: ["inline: policy: Statement[0] allows secretsmanager:*"],
      },
      {
        title: "everything, by NotAction",
        resources: [...base, rolePolicy({ Effect: "Allow", NotAction: "secretsmanager:*", Resource: "*" })],
        found: [
          "inline: policy: Statement[0] allows rds-db:connect",
          "inline: policy: Statement[0] allows ssm:StartSession",
        ],
      },
      {
        title: "a policy of the program",
        resources: [...base, own(CONNECT), attached(UNKNOWN, { policyArn: ["policy"] })],
        found: ["policy: policy: Statement[0] allows rds-db:connect"],
      },
      {
        title: "a role's inline policy",
        resources: [bastion, profile, role({ inlinePolicies: [{ name: "a", policy: CONNECT }] })],
        found: ["role: inlinePolicies[0].policy: Statement[0] allows rds-db:connect"],
      },
      {
        title: "a bastion that a group starts from a template",
        resources: [
          resource(
            "aws:autoscaling/group:Group",
            "bastions",
            { launchTemplate: { id: UNKNOWN } },
            { launchTemplate: ["template"] },
          ),
          resource(
            "aws:ec2/launchTemplate:LaunchTemplate",
            "template",
            { iamInstanceProfile: { arn: UNKNOWN } },
            { iamInstanceProfile: ["profile"] },
          ),
          profile,
          role(),
          rolePolicy(allow("ssm:*", "*")),
        ],
        found: ["inline: policy: Statement[0] allows ssm:StartSession"],
      },
      {
        title: "names in place of references",
        resources: [
          { ...BASTION, props: { iamInstanceProfile: "door" }, from: {} },
          resource("aws:iam/instanceProfile:InstanceProfile", "profile", { name: "door", role: "agent" }),
          role({ name: "agent" }),
          resource("aws:iam/rolePolicy:RolePolicy", "inline", { role: "agent", policy: CONNECT }),
        ],
        found: ["inline: policy: Statement[0] allows rds-db:connect"],
      },
    ],
    unknown: [
      {
        title: "a profile that is not of this program",
        resources: [{ ...BASTION, props: { iamInstanceProfile: "elsewhere" }, from: {} }],
        open: ["role of bastion"],
      },
      {
        title: "one document: the other is decided",
        resources: [
          ...base,
          { ...rolePolicy(allow("ssm:Get*", "*")), name: "first", props: { policy: UNKNOWN } },
          rolePolicy(allow("rds-db:*", "*")),
        ],
        open: ["policy"],
        found: ["inline: policy: Statement[0] allows rds-db:connect"],
      },
      { title: "an attached ARN", resources: [...base, attached(UNKNOWN)], open: ["policyArn"] },
    ],
  },
];
