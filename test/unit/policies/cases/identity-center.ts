import { ssoAssignGroup, ssoNoManagedAdmin } from "../../../../policies/identity-center/attachments";
import { ssoPsName, ssoPsSession } from "../../../../policies/identity-center/permission-set";
import { ssoDataChannel } from "../../../../policies/identity-center/sso-data-channel";
import { ssoInlineSize } from "../../../../policies/identity-center/sso-inline-size";
import { ssoNoUnsupportedConditions } from "../../../../policies/identity-center/sso-no-unsupported-conditions";
import { ssoOwnSessions } from "../../../../policies/identity-center/sso-own-sessions";
import { UNKNOWN } from "../run-rule";
import { allow, text } from "./documents";
import type { RuleCases } from "./rule-cases";
import { SSO_CONNECT_SCOPED_CASES } from "./sso-connect-scoped";
import { SSO_STARTSESSION_SCOPED_CASES } from "./sso-startsession-scoped";

type Values = Record<string, unknown>;

const INLINE = "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy";
const CUSTOMER = "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment";
const ROLE = "aws:iam/role:Role";
const SESSIONS = "arn:aws:ssm:eu-west-2:111122223333:session/*";
const OWN = { StringLike: { "ssm:resourceTag/aws:ssmmessages:session-id": "${aws:userid}*" } };
const inline = (...statements: Values[]): { type: string; props: Values } => ({
  type: INLINE,
  props: { inlinePolicy: text(...statements) },
});
const others = (action: string, path = "inlinePolicy: Statement[0].Resource[0]"): string =>
  `${path} of ${action} reaches sessions of others`;
const asks = (key: string): string => `inlinePolicy: Statement[0].Condition of rds-db:connect asks for ${key}`;
const START = allow("ssm:StartSession", "*");
const NO_CHANNEL = "inlinePolicy allows ssm:StartSession without ssmmessages:OpenDataChannel on sessions";

export const IDENTITY_CENTER_CASES: readonly RuleCases[] = [
  SSO_CONNECT_SCOPED_CASES,
  SSO_STARTSESSION_SCOPED_CASES,
  {
    rule: ssoOwnSessions,
    ok: [
      {
        title: "by tag",
        ...inline(allow(["ssm:TerminateSession", "ssm:ResumeSession"], SESSIONS, { Condition: OWN })),
      },
      {
        title: "by the session's name",
        ...inline(allow("ssm:*Session", "arn:aws:ssm:*:*:session/${aws:userid}-*")),
      },
      {
        title: "by the user's name, in other letters",
        ...inline(allow("SSM:terminatesession", "arn:aws:ssm:*:*:session/${AWS:UserName}-*")),
      },
      { title: "other actions", ...inline(allow("ssm:DescribeSessions", "*")) },
      { title: "resources that are no sessions", ...inline(allow("ssm:*", "arn:aws:ssm:*:*:document/a")) },
      { title: "a denial", ...inline({ Effect: "Deny", Action: "*", Resource: "*" }) },
    ],
    bad: [
      {
        title: "every session",
        ...inline(allow("ssm:TerminateSession", SESSIONS)),
        found: [others("ssm:TerminateSession")],
      },
      {
        title: "both, by everything",
        ...inline(allow("*", "*")),
        found: [others("ssm:TerminateSession"), others("ssm:ResumeSession")],
      },
      {
        title: "a tag of any value",
        ...inline(
          allow("ssm:ResumeSession", SESSIONS, {
            Condition: { StringLike: { "ssm:resourceTag/aws:ssmmessages:session-id": "*" } },
          }),
        ),
        found: [others("ssm:ResumeSession")],
      },
      {
        title: "a tag only if there is one",
        ...inline(
          allow("ssm:ResumeSession", SESSIONS, {
            Condition: { StringLikeIfExists: OWN.StringLike },
          }),
        ),
        found: [others("ssm:ResumeSession")],
      },
      {
        title: "one value of two that is everybody's",
        ...inline(
          allow("ssm:ResumeSession", SESSIONS, {
            Condition: { StringLike: { "ssm:resourceTag/aws:ssmmessages:session-id": ["${aws:userid}*", "AROA*"] } },
          }),
        ),
        found: [others("ssm:ResumeSession")],
      },
      {
        title: "names that only begin alike",
        ...inline(allow("ssm:ResumeSession", "arn:aws:ssm:*:*:session/${aws:userid}*")),
        found: [others("ssm:ResumeSession")],
      },
      {
        title: "NotResource",
        ...inline({ Effect: "Allow", Action: "ssm:ResumeSession", NotResource: SESSIONS }),
        found: ["inlinePolicy: Statement[0] allows ssm:ResumeSession by NotResource"],
      },
      {
        title: "a role's inline policy, as an object",
        type: ROLE,
        props: { inlinePolicies: [{ policy: { Statement: [allow("ssm:ResumeSession", ["*"])] } }] },
        found: [others("ssm:ResumeSession", "inlinePolicies[0].policy: Statement[0].Resource[0]")],
      },
    ],
    unknown: [{ title: "the document", type: INLINE, props: { inlinePolicy: UNKNOWN }, open: ["inlinePolicy"] }],
  },
  {
    rule: ssoDataChannel,
    ok: [
      { title: "both", ...inline(START, allow("ssmmessages:OpenDataChannel", SESSIONS)) },
      { title: "by a wildcard", ...inline(START, allow("ssmmessages:*", "*")) },
      { title: "no sessions at all", ...inline(allow("rds-db:connect", "*")) },
      { title: "everything", ...inline(allow("*", "*")) },
      { title: "no policy", props: {} },
    ],
    bad: [
      { title: "missing", ...inline(START), found: [NO_CHANNEL] },
      {
        title: "denied only",
        ...inline(START, { Effect: "Deny", Action: "ssmmessages:OpenDataChannel", Resource: "*" }),
        found: [NO_CHANNEL],
      },
      {
        title: "on something that is no session",
        ...inline(START, allow("ssmmessages:OpenDataChannel", "arn:aws:ssm:*:*:document/a")),
        found: [NO_CHANNEL],
      },
      { title: "another channel", ...inline(START, allow("ssmmessages:OpenControlChannel", "*")), found: [NO_CHANNEL] },
    ],
    unknown: [
      { title: "the document", props: { inlinePolicy: UNKNOWN }, open: ["inlinePolicy"] },
      {
        title: "a statement that may be the missing one",
        props: { inlinePolicy: { Statement: [START, UNKNOWN] } },
        open: ["inlinePolicy.Statement.1"],
      },
    ],
  },
  {
    rule: ssoNoUnsupportedConditions,
    ok: [
      {
        title: "a condition that logins carry",
        ...inline(
          allow("rds-db:connect", "*", { Condition: { DateLessThan: { "aws:CurrentTime": "2027-01-01T00:00:00Z" } } }),
        ),
      },
      {
        title: "another action",
        ...inline(allow("s3:*", "*", { Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } })),
      },
    ],
    bad: [
      {
        title: "an address",
        ...inline(allow("rds-db:connect", "*", { Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } })),
        found: [asks("aws:sourceip")],
      },
      {
        title: "a VPC and an endpoint, in other letters",
        ...inline(
          allow("RDS-DB:*", "*", {
            Condition: { StringEquals: { "AWS:SourceVpc": "vpc-1" }, StringLike: { "aws:sourceVPCE": "*" } },
          }),
        ),
        found: [asks("aws:sourcevpc"), asks("aws:sourcevpce")],
      },
      {
        title: "one key in two operators is said once",
        ...inline(
          allow("rds-db:connect", "*", {
            Condition: {
              IpAddress: { "aws:VpcSourceIp": "10.0.0.0/8" },
              NotIpAddress: { "aws:VpcSourceIp": "10.1.0.0/16" },
            },
          }),
        ),
        found: [asks("aws:vpcsourceip")],
      },
      {
        title: "a denial, which then holds for everybody",
        ...inline({
          Effect: "Deny",
          NotAction: "s3:*",
          Resource: "*",
          Condition: { StringNotEquals: { "aws:UserAgent": "a", "aws:Referer": "b" } },
        }),
        found: [asks("aws:useragent"), asks("aws:referer")],
      },
    ],
    unknown: [{ title: "the document", type: INLINE, props: { inlinePolicy: UNKNOWN }, open: ["inlinePolicy"] }],
  },
  {
    rule: ssoNoManagedAdmin,
    ok: [
      { title: "another policy", props: { managedPolicyArn: "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess" } },
      { title: "a customer's policy", type: CUSTOMER, props: { customerManagedPolicyReference: { name: "reader" } } },
      {
        title: "what is not on one's own list",
        props: { managedPolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
        settings: { policies: ["Other"] },
      },
    ],
    bad: [
      ...["AdministratorAccess", "PowerUserAccess", "AmazonSSMFullAccess", "AmazonRDSFullAccess"].map((name) => ({
        title: name,
        props: { managedPolicyArn: `arn:aws-us-gov:iam::aws:policy/${name}` },
        found: ["managedPolicyArn is a policy that allows everything"],
      })),
      {
        title: "a customer's policy of that name",
        type: CUSTOMER,
        props: { customerManagedPolicyReference: { name: "administratoraccess", path: "/" } },
        found: ["customerManagedPolicyReference.name is that of a policy that allows everything"],
      },
    ],
    unknown: [
      { title: "the ARN", props: { managedPolicyArn: UNKNOWN }, open: ["managedPolicyArn"] },
      {
        title: "the name",
        type: CUSTOMER,
        props: { customerManagedPolicyReference: { name: UNKNOWN } },
        open: ["customerManagedPolicyReference.name"],
      },
    ],
  },
  {
    rule: ssoInlineSize,
    ok: [
      { title: "just fits", props: { inlinePolicy: "x".repeat(10_240) } },
      { title: "white space does not count", props: { inlinePolicy: `${"x".repeat(10_000)}${" ".repeat(20_000)}` } },
      { title: "none", props: {} },
    ],
    bad: [
      {
        title: "one too many",
        props: { inlinePolicy: "x".repeat(10_241) },
        found: ["inlinePolicy has more than 10240 characters"],
      },
      {
        title: "white space does count in bytes",
        props: { inlinePolicy: `x${" ".repeat(32_768)}` },
        found: ["inlinePolicy has more than 32768 bytes"],
      },
      {
        title: "an object",
        props: { inlinePolicy: { Statement: [{ Action: "x".repeat(10_300) }] } },
        found: ["inlinePolicy has more than 10240 characters"],
      },
    ],
    unknown: [{ title: "the document", props: { inlinePolicy: UNKNOWN }, open: ["inlinePolicy"] }],
  },
  {
    rule: ssoPsName,
    ok: [
      { title: "as long as can be", props: { name: "a".repeat(32) } },
      { title: "all letters", props: { name: "sp-acme_dev+read=all,1.0@x" } },
      { title: "missing: Pulumi makes one up", props: {} },
      { title: "of the pattern", props: { name: "sp-acme-dev-reader" }, settings: { pattern: "^sp-" } },
    ],
    bad: [
      { title: "too long", props: { name: "a".repeat(33) }, found: ["name has more than 32 letters"] },
      { title: "a blank", props: { name: "read all" }, found: ["name has other letters"] },
      {
        title: "not of the pattern",
        props: { name: "reader" },
        settings: { pattern: "^sp-" },
        found: ["name is not of the configured pattern"],
      },
    ],
    unknown: [{ title: "the name", props: { name: UNKNOWN }, open: ["name"] }],
  },
  {
    rule: ssoPsSession,
    ok: [
      { title: "a working day", props: { sessionDuration: "PT8H" } },
      { title: "an hour and a half", props: { sessionDuration: "PT1H30M" } },
      { title: "what is configured", props: { sessionDuration: "PT12H" }, settings: { maximum: "PT12H" } },
    ],
    bad: [
      { title: "missing", props: {}, found: ["sessionDuration is missing"] },
      { title: "half a day", props: { sessionDuration: "PT12H" }, found: ["sessionDuration is too long"] },
      { title: "no duration", props: { sessionDuration: "8 hours" }, found: ["sessionDuration is no duration"] },
      {
        title: "longer than configured",
        props: { sessionDuration: "PT2H" },
        settings: { maximum: "PT1H" },
        found: ["sessionDuration is too long"],
      },
      {
        title: "a setting that is no duration",
        props: { sessionDuration: "PT2H" },
        settings: { maximum: "8" },
        found: ["sessionDuration cannot be compared: the setting maximum is no duration"],
      },
    ],
    unknown: [{ title: "the duration", props: { sessionDuration: UNKNOWN }, open: ["sessionDuration"] }],
  },
  {
    rule: ssoAssignGroup,
    ok: [
      { title: "a group", props: { principalType: "GROUP", principalId: UNKNOWN } },
      { title: "a person, where that is meant", props: { principalType: "USER" }, settings: { perUser: true } },
    ],
    bad: [
      { title: "a person", props: { principalType: "USER" }, found: ["principalType is not GROUP"] },
      { title: "missing", props: {}, found: ["principalType is missing"] },
    ],
    unknown: [{ title: "the kind", props: { principalType: UNKNOWN }, open: ["principalType"] }],
  },
];
