import { ssoStartsessionScoped } from "../../../../policies/identity-center/sso-startsession-scoped";
import { UNKNOWN } from "../run-rule";
import { allow, text } from "./documents";
import type { RuleCases } from "./rule-cases";

type Values = Record<string, unknown>;

const ACTION = "ssm:StartSession";
const INSTANCES = "arn:aws:ec2:eu-west-2:111122223333:instance/*";
const DOCUMENT = "arn:aws:ssm:eu-west-2:111122223333:document/sp-acme-dev-orders-writer";
const CHECKED = { BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } };
const TAGGED = { ...CHECKED, StringEquals: { "ssm:resourceTag/sallyport:door": "acme/dev" } };
const INLINE = "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy";

const inline = (Resource: unknown, Condition?: Values, Action: unknown = ACTION): { type: string; props: Values } => ({
  type: INLINE,
  props: { inlinePolicy: text(allow(Action, Resource, Condition ? { Condition } : {})) },
});
const said = (problem: string, index = 0): string =>
  `inlinePolicy: Statement[0].Resource[${index}] of ssm:StartSession ${problem}`;
const ALL = "reaches every instance and document";
const UNTAGGED = "reaches instances without a condition on their tag";
const MANY = "names more than one document, or none of an account";
const OF_AWS = "names a document of AWS, which takes any host or opens a shell";
const UNCHECKED = "does not ask for ssm:SessionDocumentAccessCheck";

export const SSO_STARTSESSION_SCOPED_CASES: RuleCases = {
  rule: ssoStartsessionScoped,
  ok: [
    { title: "tagged instances", ...inline(INSTANCES, TAGGED) },
    { title: "its own documents", ...inline([DOCUMENT, DOCUMENT.replace("writer", "reader")]) },
    { title: "one instance", ...inline("arn:aws:ec2:eu-west-2:111122223333:instance/i-0abc", CHECKED) },
    {
      title: "a tag in other letters",
      ...inline(INSTANCES, { ...CHECKED, stringlike: { "aws:ResourceTag/role": "bastion*" } }),
    },
    { title: "other actions of the service", ...inline("*", undefined, ["ssm:Describe*", "ssm:GetConnectionStatus"]) },
    { title: "a resource that no session starts on", ...inline("arn:aws:s3:::bucket/*", undefined, "*") },
    {
      title: "a denial of all but its own",
      type: INLINE,
      props: { inlinePolicy: text({ Effect: "Deny", Action: ACTION, NotResource: [DOCUMENT] }) },
    },
  ],
  bad: [
    { title: "everything", ...inline("*"), found: [said(ALL)] },
    { title: "everything, though with a condition", ...inline("*", TAGGED), found: [said(ALL)] },
    { title: "every action, in other letters", ...inline("*", undefined, "SSM:start*"), found: [said(ALL)] },
    { title: "all of the service", ...inline("arn:aws:ssm:*", TAGGED), found: [said(ALL)] },
    { title: "instances without a condition", ...inline(INSTANCES), found: [said(UNTAGGED)] },
    { title: "instances without a tag", ...inline(INSTANCES, CHECKED), found: [said(UNTAGGED)] },
    {
      title: "managed instances without a tag",
      ...inline("arn:aws:ssm:eu-west-2:111122223333:managed-instance/*", CHECKED),
      found: [said(UNTAGGED)],
    },
    {
      title: "tasks without a tag",
      ...inline("arn:aws:ecs:eu-west-2:111122223333:task/*", CHECKED),
      found: [said(UNTAGGED)],
    },
    {
      title: "a tag of any value",
      ...inline(INSTANCES, { ...CHECKED, StringLike: { "ssm:resourceTag/role": "*" } }),
      found: [said(UNTAGGED)],
    },
    {
      title: "a tag only if there is one",
      ...inline(INSTANCES, { ...CHECKED, StringEqualsIfExists: { "ssm:resourceTag/role": "bastion" } }),
      found: [said(UNTAGGED)],
    },
    {
      title: "a tag that must be another",
      ...inline(INSTANCES, { ...CHECKED, StringNotEquals: { "ssm:resourceTag/role": "app" } }),
      found: [said(UNTAGGED)],
    },
    {
      title: "a condition on the caller's tag",
      ...inline(INSTANCES, { ...CHECKED, StringEquals: { "aws:PrincipalTag/role": "bastion" } }),
      found: [said(UNTAGGED)],
    },
    {
      title: "no check of the document: the default one is a shell",
      ...inline(INSTANCES, { StringEquals: TAGGED.StringEquals }),
      found: [said(UNCHECKED)],
    },
    {
      title: "a check that is off",
      ...inline(INSTANCES, { ...TAGGED, BoolIfExists: { "ssm:SessionDocumentAccessCheck": "false" } }),
      found: [said(UNCHECKED)],
    },
    { title: "every document", ...inline("arn:aws:ssm:eu-west-2:111122223333:document/*"), found: [said(MANY)] },
    {
      title: "documents by their beginning",
      ...inline([DOCUMENT, "arn:aws:ssm:eu-west-2:111122223333:document/sp-*"]),
      found: [said(MANY, 1)],
    },
    {
      title: "AWS's port forwarding to any host",
      ...inline("arn:aws:ssm:eu-west-2::document/AWS-StartPortForwardingSessionToRemoteHost"),
      found: [said(MANY)],
    },
    {
      title: "AWS's port forwarding with an account",
      ...inline("arn:aws:ssm:eu-west-2:111122223333:document/AWS-StartPortForwardingSession"),
      found: [said(OF_AWS)],
    },
    {
      title: "the default document",
      ...inline("arn:aws:ssm:eu-west-2:111122223333:document/SSM-SessionManagerRunShell"),
      found: [said(OF_AWS)],
    },
    {
      title: "NotAction",
      type: INLINE,
      props: { inlinePolicy: text({ Effect: "Allow", NotAction: ["iam:*", "organizations:*"], Resource: "*" }) },
      found: ["inlinePolicy: Statement[0] allows ssm:StartSession by NotAction"],
    },
    {
      title: "NotResource",
      type: "aws:iam/policy:Policy",
      props: { policy: text({ Effect: "Allow", Action: ACTION, NotResource: DOCUMENT }) },
      found: ["policy: Statement[0] allows ssm:StartSession by NotResource"],
    },
  ],
  unknown: [{ title: "the document", type: INLINE, props: { inlinePolicy: UNKNOWN }, open: ["inlinePolicy"] }],
};
