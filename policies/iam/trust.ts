import type { ConditionTest } from "../documents/iam-document";
import { eachResourceGrant } from "../documents/resource-policy";
import type { ResourceRule } from "../rule";

const ROLE = "aws:iam/role:Role";
const TRUST = "assumeRolePolicy";

/** A role trusts somebody, not everybody. */
export const iamTrustNoStar: ResourceRule = {
  id: "iam-trust-no-star",
  title: "No role can be assumed by everybody",
  why: "Anyone with an AWS account would have what the role has",
  severity: "critical",
  level: "mandatory",
  references: ["IAM Access Analyzer: external access findings"],
  fix: "Write the accounts, roles or services in Principal of assumeRolePolicy",
  types: [ROLE],
  check: (resource, verdict) =>
    eachResourceGrant(resource, TRUST, verdict, ({ principals }, place) => {
      if (principals.length === 0) verdict.report(`${place} names no Principal`);
      else if (principals.some(({ inverted }) => inverted)) verdict.report(`${place} trusts all but its NotPrincipal`);
      else if (principals.some(({ name }) => /[*?]/.test(name))) verdict.report(`${place} trusts every Principal`);
    }),
};

/** A pipeline's token opens a role only for one repository and branch. */
export const iamOidcTrust: ResourceRule = {
  id: "iam-oidc-trust",
  title: "A role for pipelines names its audience and subject in full",
  why: "The provider signs tokens for every repository there is: without the subject each of them may assume the role",
  severity: "critical",
  level: "mandatory",
  references: ["GitHub: Configuring OpenID Connect in Amazon Web Services"],
  fix: "Write Condition StringEquals with <provider>:aud and <provider>:sub, each in full and without wildcard",
  parameters: {
    providers: {
      type: "strings",
      default: ["token.actions.githubusercontent.com"],
      about: "Hosts of the providers whose tokens are for everybody",
    },
  },
  types: [ROLE],
  check: (resource, verdict, { providers }) =>
    eachResourceGrant(resource, TRUST, verdict, ({ principals, conditions }, place) => {
      for (const provider of providers as readonly string[]) {
        if (!principals.some(({ name }) => name.toLowerCase().includes(provider.toLowerCase()))) continue;
        for (const key of ["aud", "sub"]) {
          const tests = conditions.filter((test) => isAbout(test, provider, key));
          if (!tests.some(isExact)) verdict.report(`${place} does not compare ${provider}:${key} in full`);
        }
      }
    }),
};

/** Also of a provider with a path, e.g. that of one enterprise. */
function isAbout({ key }: ConditionTest, provider: string, claim: string): boolean {
  return key.startsWith(provider.toLowerCase()) && key.endsWith(`:${claim}`);
}

/** IfExists and set operators also hold without the key. */
function isExact({ operator, values }: ConditionTest): boolean {
  const compares = operator === "stringequals" || operator === "stringlike";
  return compares && values.length > 0 && values.every((value) => /^[^*?$]+$/.test(value));
}
