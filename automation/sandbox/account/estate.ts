import type { Clocks } from "./clocks";

/** Accounts and regions that appear nowhere but in the sandbox. */
export const WORKLOAD_ACCOUNT = "000000000000";
export const IDENTITY_ACCOUNT = "000000000001";
export const WORKLOAD_REGION = "eu-west-2";
export const IDENTITY_REGION = "eu-west-1";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Props = { [key: string]: Json };

/**
 * One object of the simulated account, as its Pulumi provider sees it: `props` are the resource's outputs (plain values, no
 * wrapped secrets, no unknowns). The API handlers translate; they keep no state of their own about it.
 */
export interface CloudObject {
  /** Pulumi type token, e.g. `aws:ec2/vpc:Vpc`. */
  readonly token: string;
  /** Pulumi (and mostly AWS) id. */
  readonly id: string;
  readonly account: string;
  /** Region, or `global` for IAM. */
  readonly region: string;
  props: Props;
  /** Work time of creation, milliseconds. */
  readonly createdAt: number;
  /** Facts that AWS knows and the provider does not show (e.g. a role's unique id `AROA…`). */
  hidden: Props;
}

/** A person of the seeded directory. */
export interface DirectoryUser {
  readonly userId: string;
  userName: string;
  displayName: string;
  email: string;
}

export interface DirectoryGroup {
  readonly groupId: string;
  displayName: string;
  /** User ids. */
  members: string[];
}

/** The identity store of the organisation; lives in the identity account and region. */
export interface Directory {
  readonly instanceArn: string;
  readonly identityStoreId: string;
  readonly startUrl: string;
  users: DirectoryUser[];
  groups: DirectoryGroup[];
  /** People who left; a user name may be somebody else's now. */
  former: DirectoryUser[];
  /** Attributes for access control: session-tag key and where its value comes from. Set by the instance's owners. */
  accessControlAttributes: { key: string; source: string }[];
}

/** Who is behind an access key. Tags are fixed when the credentials are issued. */
export interface Principal {
  readonly account: string;
  /** `arn:aws:sts::…:assumed-role/ROLE/SESSION` or `arn:aws:iam::…:user/NAME`. */
  readonly arn: string;
  /** ARN of the role behind an assumed role (with path), else the user's ARN. */
  readonly roleArn: string;
  /** `AROA…:session` or `AIDA…`: the value of `aws:userid`. */
  readonly userId: string;
  readonly sessionName: string;
  readonly principalTags: Readonly<Record<string, string>>;
  /**
   * Where its identity policies come from, looked up at each decision, so that a changed policy binds issued credentials:
   * a permission set (by ARN), an IAM role (by name), or the seeded administrator.
   */
  readonly source:
    | { readonly kind: "permissionSet"; readonly arn: string }
    | { readonly kind: "role"; readonly roleName: string; readonly roleId: string }
    | { readonly kind: "administrator" };
}

/** Issued credentials. */
export interface IssuedKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Absent for long-term keys. */
  readonly sessionToken: string | undefined;
  /** Wall time of expiry, milliseconds; `Infinity` for long-term keys. */
  readonly expiresAt: number;
  readonly principal: Principal;
}

/** Knobs: faults and the other reading of what is unproven. Defaults are AWS's behaviour, or the stricter reading. */
export interface Knobs {
  wallOffsetMs: number;
  /** AWS's delays are divided by this; 1 = real. */
  speed: number;
  /** New roles and profiles are not found at first (aws-simulator B7). */
  eventualConsistency: boolean;
  /** ADMIN-only membership rows count for rds_iam (unproven on RDS: the stricter reading is the default). */
  adminOnlyCountsForIam: boolean;
}

export const DEFAULT_KNOBS: Knobs = {
  wallOffsetMs: 0,
  speed: 120,
  eventualConsistency: true,
  adminOnlyCountsForIam: true,
};

/** Where something that happened is remembered, as a log stream in the account would (e.g. `iam-db-auth-error`). */
export interface LogLine {
  readonly time: number;
  readonly group: string;
  readonly message: string;
}

/** The whole simulated organisation: one value, shared by providers, APIs, endpoint and agents. */
export class Estate {
  readonly objects: CloudObject[] = [];
  readonly keys = new Map<string, IssuedKey>();
  readonly logs: LogLine[] = [];

  constructor(
    readonly clocks: Clocks,
    readonly knobs: Knobs,
    readonly directory: Directory,
    /** Random bytes; seeded in tests. */
    readonly randomBytes: (size: number) => Buffer,
  ) {}

  /** Objects of a type; in one account and region if given. */
  list(token: string, account?: string, region?: string): CloudObject[] {
    return this.objects.filter(
      (o) =>
        o.token === token &&
        (account === undefined || o.account === account) &&
        (region === undefined || o.region === region),
    );
  }

  find(token: string, id: string, account?: string): CloudObject | undefined {
    return this.objects.find(
      (o) => o.token === token && o.id === id && (account === undefined || o.account === account),
    );
  }

  add(object: Omit<CloudObject, "createdAt" | "hidden"> & { hidden?: Props }): CloudObject {
    const added: CloudObject = { ...object, hidden: object.hidden ?? {}, createdAt: this.clocks.work() };
    this.objects.push(added);
    return added;
  }

  remove(object: CloudObject): void {
    const at = this.objects.indexOf(object);
    if (at >= 0) this.objects.splice(at, 1);
  }

  log(group: string, message: string): void {
    this.logs.push({ time: this.clocks.wall(), group, message });
  }
}
