import type { Rule } from "../rule";
import { ec2NoKeypair } from "./key-pair";
import { ec2Imdsv2 } from "./metadata";
import { netBastionNoPublicIp, netLtNoPublicIp } from "./public-address";
import { ec2NoSecretsUserdata } from "./user-data";
import { ec2EbsEncrypted } from "./volumes";

/** Rules about instances and what starts them. */
export const BASTION_RULES: readonly Rule[] = [
  netBastionNoPublicIp,
  netLtNoPublicIp,
  ec2Imdsv2,
  ec2EbsEncrypted,
  ec2NoKeypair,
  ec2NoSecretsUserdata,
];
