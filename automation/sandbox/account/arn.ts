/** The sandbox's one partition. */
export const PARTITION = "aws";

/**
 * An ARN of the sandbox. IAM, Identity Center and public things leave region or account empty.
 *
 * @example arn("ec2", "eu-west-2", "000000000000", "vpc/vpc-1") // "arn:aws:ec2:eu-west-2:000000000000:vpc/vpc-1"
 */
export function arn(service: string, region: string, account: string, resource: string): string {
  return ["arn", PARTITION, service, region, account, resource].join(":");
}

/**
 * Account and role name of a role's ARN, path or none; `undefined` for anything else.
 *
 * @example roleOfArn("arn:aws:iam::000000000001:role/a/b") // { account: "000000000001", name: "b" }
 */
export function roleOfArn(text: string): { readonly account: string; readonly name: string } | undefined {
  const match = /^arn:[a-z-]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(text);
  return match ? { account: match[1] ?? "", name: match[2] ?? "" } : undefined;
}
