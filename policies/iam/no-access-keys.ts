import type { ResourceRule } from "../rule";

/** What lasts longer than a person's session, by type token. */
const LASTING: Readonly<Record<string, string>> = {
  "aws:iam/accessKey:AccessKey": "An access key is made, which has no end",
  "aws:iam/user:User": "An IAM user is made, whose credentials have no end",
  "aws:iam/userLoginProfile:UserLoginProfile": "A console password is made, which has no end",
};

/** Nobody has credentials that do not end. */
export const iamNoAccessKeys: ResourceRule = {
  id: "iam-no-access-keys",
  title: "No IAM user and no access key is made",
  why: "Such credentials are copied, do not end, and stand in the state; nobody sees who uses them",
  severity: "high",
  level: "mandatory",
  references: ["FSBP IAM.3", "FSBP IAM.22"],
  fix: "Leave the resource out: people come by Identity Center, machines by an aws.iam.Role",
  types: Object.keys(LASTING),
  check: ({ type }, { report }) => report(LASTING[type] ?? type),
};
