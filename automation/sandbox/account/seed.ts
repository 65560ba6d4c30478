import directoryFile from "../directory.json";
import { arn } from "./arn";
import type { Clocks } from "./clocks";
import {
  Estate,
  IDENTITY_ACCOUNT,
  WORKLOAD_ACCOUNT,
  type CloudObject,
  type Directory,
  type IssuedKey,
  type Knobs,
  type Principal,
} from "./estate";
import { alphanumeric, uniqueId, type RandomBytes } from "./ids";
import { plainText } from "./plain-text";

/** The runner's role, in the workload account. */
export const RUNNER_ROLE = "sallyport-runner";
/** The role that the runner assumes in the identity account. */
export const IDENTITY_ROLE = "sallyport-identity";
/** Session name of the runner's own credentials. */
const RUNNER_SESSION = "runner";

/** Arguments of makeEstate. */
export interface EstateArgs {
  readonly clocks: Clocks;
  readonly knobs: Knobs;
  readonly randomBytes: RandomBytes;
  /** Start URL of the portal. */
  readonly startUrl: string;
}

/**
 * A fresh organisation: two empty accounts, the directory of `directory.json`, the runner's and the identity account's role, and
 * the runner's key (`runnerKey` finds it).
 */
export function makeEstate(args: EstateArgs): Estate {
  const estate = new Estate(args.clocks, args.knobs, directoryOf(args.startUrl), args.randomBytes);
  const runner = addRole(estate, WORKLOAD_ACCOUNT, RUNNER_ROLE, { AWS: arn("iam", "", WORKLOAD_ACCOUNT, "root") });
  addPolicy(estate, runner, "administrator", ["*"]);
  const identity = addRole(estate, IDENTITY_ACCOUNT, IDENTITY_ROLE, { AWS: plainText(runner.props.arn) });
  identity.hidden.trustedIds = { [plainText(runner.props.arn)]: runner.hidden.roleId ?? null };
  addPolicy(estate, identity, "identity-center", ["sso:*", "identitystore:*", "sts:GetCallerIdentity"]);
  issueRunnerKey(estate, runner);
  return estate;
}

/** The runner's key. */
export function runnerKey(estate: Estate): IssuedKey {
  for (const key of estate.keys.values()) {
    if (key.principal.source.kind === "administrator") return key;
  }
  throw new Error("the estate has no runner");
}

function directoryOf(startUrl: string): Directory {
  const file = structuredClone(directoryFile);
  const idOf = (userName: string): string => {
    const user = file.users.find((one) => one.userName === userName);
    if (!user) throw new Error(`directory.json: no user ${userName}`);
    return user.userId;
  };
  return { ...file, startUrl, groups: file.groups.map((group) => ({ ...group, members: group.members.map(idOf) })) };
}

function addRole(estate: Estate, account: string, name: string, principal: Record<string, string>): CloudObject {
  const roleId = uniqueId(estate.randomBytes, "AROA");
  return estate.add({
    token: "aws:iam/role:Role",
    id: name,
    account,
    region: "global",
    props: {
      name,
      path: "/",
      arn: arn("iam", "", account, `role/${name}`),
      uniqueId: roleId,
      maxSessionDuration: 3600,
      forceDetachPolicies: false,
      createDate: new Date(estate.clocks.wall()).toISOString(),
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: principal }],
      }),
      tagsAll: {},
    },
    hidden: { roleId, seeded: true },
  });
}

function addPolicy(estate: Estate, role: CloudObject, name: string, actions: string[]): void {
  const policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }],
  });
  estate.add({
    token: "aws:iam/rolePolicy:RolePolicy",
    id: `${role.id}:${name}`,
    account: role.account,
    region: "global",
    props: { name, role: role.id, policy },
    hidden: { seeded: true },
  });
}

function issueRunnerKey(estate: Estate, role: CloudObject): void {
  const accessKeyId = uniqueId(estate.randomBytes, "AKIA", 20);
  const principal: Principal = {
    account: role.account,
    arn: arn("sts", "", role.account, `assumed-role/${role.id}/${RUNNER_SESSION}`),
    roleArn: plainText(role.props.arn),
    userId: `${plainText(role.hidden.roleId)}:${RUNNER_SESSION}`,
    sessionName: RUNNER_SESSION,
    principalTags: {},
    source: { kind: "administrator" },
  };
  const secretAccessKey = alphanumeric(estate.randomBytes, 40);
  estate.keys.set(accessKeyId, {
    accessKeyId,
    secretAccessKey,
    sessionToken: undefined,
    expiresAt: Infinity,
    principal,
  });
}
