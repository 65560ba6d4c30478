import type { Rule } from "../rule";
import { iamBastionMin } from "./bastion-min";
import { iamNoAccessKeys } from "./no-access-keys";
import { iamNoWildcards } from "./no-wildcards";
import { iamOidcTrust, iamTrustNoStar } from "./trust";

/** Rules about IAM. */
export const IAM_RULES: readonly Rule[] = [
  iamBastionMin,
  iamNoWildcards,
  iamNoAccessKeys,
  iamOidcTrust,
  iamTrustNoStar,
];
