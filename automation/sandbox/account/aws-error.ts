import type { RandomBytes } from "./ids";
import { uuid } from "./ids";

/** An AWS service as the provider names it and as IAM does. */
export const SERVICES = {
  EC2: { label: "EC2", prefix: "ec2", generic: true },
  IAM: { label: "IAM", prefix: "iam", generic: false },
  SSM: { label: "SSM", prefix: "ssm", generic: false },
  RDS: { label: "RDS", prefix: "rds", generic: false },
  "SSO Admin": { label: "SSO Admin", prefix: "sso", generic: false },
  identitystore: { label: "identitystore", prefix: "identitystore", generic: false },
  "CloudWatch Logs": { label: "CloudWatch Logs", prefix: "logs", generic: false },
  STS: { label: "STS", prefix: "sts", generic: true },
} as const;

/** Name of a service. */
export type Service = keyof typeof SERVICES;

const STATUS: Readonly<Record<string, number>> = {
  EntityAlreadyExists: 409,
  DeleteConflict: 409,
  NoSuchEntity: 404,
  DBClusterNotFoundFault: 404,
  DBSubnetGroupNotFoundFault: 404,
  DBClusterParameterGroupNotFound: 404,
  UnauthorizedOperation: 403,
  AccessDenied: 403,
  InvalidClientTokenId: 403,
  ExpiredToken: 403,
};

/** A refusal by a simulated AWS API: its code and words; the same for the provider and for a direct call. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = "AwsError";
  }
}

/** A refusal by the provider itself, without a call. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
}

/** Which call failed, for the provider's error text. */
export interface Call {
  /** `creating`, `updating`, `deleting`, `reading`. */
  readonly verb: string;
  /** `EC2 VPC`, `RDS Cluster (app)`. */
  readonly noun: string;
  readonly service: Service;
  readonly operation: string;
}

/**
 * The error text of the provider (terraform-provider-aws over AWS SDK for Go v2).
 *
 * @example
 * creating EC2 VPC: operation error EC2: CreateVpc, https response error StatusCode: 400, RequestID: …, api error InvalidVpc.Range: …
 */
export function providerText(call: Call, error: unknown, random: RandomBytes): string {
  if (!(error instanceof AwsError)) {
    const text = error instanceof Error ? error.message : String(error);
    return error instanceof ProviderError ? text : `${call.verb} ${call.noun}: ${text}`;
  }
  const { label, generic } = SERVICES[call.service];
  const response = `https response error StatusCode: ${STATUS[error.code] ?? 400}, RequestID: ${uuid(random)}`;
  const words = `${generic ? "api error " : ""}${error.code}: ${error.message}`;
  return `${call.verb} ${call.noun}: operation error ${label}: ${call.operation}, ${response}, ${words}`;
}
