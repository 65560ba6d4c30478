/** One thing taken out of `infra/`: a text that must stand there exactly once, and what takes its place. */
export interface Patch {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** What `up` or, if `up` goes through, `connect` must say. */
export interface Refusal {
  readonly by: "up" | "connect";
  readonly exitCode: number;
  readonly code: string;
  /** In the message, the likely cause or the engine's diagnostics. */
  readonly words: RegExp;
}

/** A row of the table "mutations and what must be seen". */
export interface Mutation {
  readonly row: string;
  readonly title: string;
  readonly patch: Patch;
  readonly seen: Refusal;
  /** Pulumi types that must not exist in the account afterwards. */
  readonly absent?: readonly string[];
}

const rule = (name: string, line: string): Patch => ({
  file: "infra/network/security-rules.ts",
  find: `  { name: "${name}", ${line} },\n`,
  replace: "",
});
const NEVER_ONLINE: Refusal = {
  by: "up",
  exitCode: 6,
  code: "TUNNEL_TARGET_NOT_CONNECTED",
  words: /never sent a heartbeat/,
};
const NOT_CONNECTED: Refusal = {
  by: "up",
  exitCode: 6,
  code: "TUNNEL_TARGET_NOT_CONNECTED",
  words: /is online but has no control channel/,
};
const NO_ANSWER: Refusal = {
  by: "up",
  exitCode: 6,
  code: "TUNNEL_DIAL_TIMEOUT",
  words: /did not reach|no answer|in time/i,
};
const PAM: RegExp = /28000.*PAM authentication failed for user "jane@example\.com"/;

/** The rows that one patch and one refusal describe; 9, 11, 14 and 16 look further and have tests of their own. */
export const MUTATIONS: readonly Mutation[] = [
  {
    row: "1",
    title: "no endpoint ssmmessages",
    patch: {
      file: "infra/contract/endpoint-policy.ts",
      find: '["ssm", "ssmmessages"] as const',
      replace: '["ssm"] as const',
    },
    seen: NOT_CONNECTED,
  },
  {
    row: "2",
    title: "DNS host names off",
    patch: {
      file: "infra/network/network.ts",
      find: "enableDnsHostnames: true,",
      replace: "enableDnsHostnames: false,",
    },
    seen: {
      by: "up",
      exitCode: 1,
      code: "ENGINE_FAILED",
      words: /private DNS requires both enableDnsSupport and enableDnsHostnames/,
    },
    absent: ["aws:ec2/instance:Instance", "aws:ssm/parameter:Parameter"],
  },
  {
    row: "3",
    title: "no private DNS on ssm",
    patch: {
      file: "infra/network/endpoints.ts",
      find: "privateDnsEnabled: true,",
      replace: 'privateDnsEnabled: service !== "ssm",',
    },
    seen: NEVER_ONLINE,
  },
  {
    row: "4",
    title: "endpoint group without 443 from the bastion",
    patch: rule("endpoint-from-bastion", 'group: "endpoint", direction: "ingress", port: HTTPS_PORT, peer: "bastion"'),
    seen: NEVER_ONLINE,
  },
  {
    row: "5",
    title: "no egress from the bastion to the database",
    patch: rule("bastion-to-database", 'group: "bastion", direction: "egress", port: DATABASE_PORT, peer: "database"'),
    seen: NO_ANSWER,
  },
  {
    row: "6",
    title: "no ingress to the database from the bastion",
    patch: rule(
      "database-from-bastion",
      'group: "database", direction: "ingress", port: DATABASE_PORT, peer: "bastion"',
    ),
    seen: NO_ANSWER,
  },
  {
    row: "7",
    title: "role without ssmmessages:OpenControlChannel",
    patch: {
      file: "infra/contract/bastion-policy.ts",
      find: 'Action: CHANNEL_ACTIONS, Resource: "*" }',
      replace:
        'Action: CHANNEL_ACTIONS.filter((action) => action !== "ssmmessages:OpenControlChannel"), Resource: "*" }',
    },
    seen: NOT_CONNECTED,
  },
  {
    row: "8a",
    title: "trust policy of another service",
    patch: {
      file: "infra/contract/bastion-policy.ts",
      find: "`ec2.${partitionOf(region).dnsSuffix}`",
      replace: "`lambda.${partitionOf(region).dnsSuffix}`",
    },
    seen: NEVER_ONLINE,
  },
  {
    row: "8b",
    title: "no instance profile",
    patch: { file: "infra/bastion/bastion.ts", find: "        iamInstanceProfile: args.profileName,\n", replace: "" },
    seen: NEVER_ONLINE,
  },
  {
    row: "10",
    title: "policy names another document",
    patch: {
      file: "infra/contract/permission-set-policy.ts",
      find: 'Action: "ssm:StartSession", Resource: documents }',
      replace: 'Action: "ssm:StartSession", Resource: documents.map((arn) => `${arn}-other`) }',
    },
    seen: {
      by: "connect",
      exitCode: 5,
      code: "AUTH_FORBIDDEN",
      words: /ssm:StartSession on resource: \S+:document\/sp-payments-dev-app-writer/,
    },
  },
  {
    row: "12",
    title: "database user under the cluster's identifier",
    patch: {
      file: "infra/contract/permission-set-policy.ts",
      find: "dbuser:${cluster.resourceId}/",
      replace: "dbuser:${cluster.identifier}/",
    },
    seen: { by: "connect", exitCode: 5, code: "DB_LOGIN_REFUSED", words: PAM },
  },
  {
    row: "13",
    title: "tag key of the policy is not the attribute's",
    patch: {
      file: "infra/contract/permission-set-policy.ts",
      find: "`\\${aws:PrincipalTag/${input.attributeKey}}`",
      replace: "`\\${aws:PrincipalTag/${input.attributeKey}x}`",
    },
    seen: { by: "connect", exitCode: 5, code: "DB_LOGIN_REFUSED", words: PAM },
  },
  {
    row: "15",
    title: "IAM authentication off",
    patch: {
      file: "infra/cluster/cluster.ts",
      find: "iamDatabaseAuthenticationEnabled: true,",
      replace: "iamDatabaseAuthenticationEnabled: false,",
    },
    seen: {
      by: "up",
      exitCode: 5,
      code: "DB_LOGIN_REFUSED",
      words: /28P01 password authentication failed for user "sallyport_/,
    },
  },
  {
    row: "17",
    title: "both database subnets in one zone",
    patch: {
      file: "infra/network/network.ts",
      find: "zoneAt(names, plan.zone)",
      replace: 'zoneAt(names, kind === "data" ? 0 : plan.zone)',
    },
    seen: { by: "up", exitCode: 1, code: "ENGINE_FAILED", words: /DBSubnetGroupDoesNotCoverEnoughAZs/ },
    absent: ["aws:rds/cluster:Cluster"],
  },
  {
    row: "18",
    title: "no managed password and no password",
    patch: { file: "infra/cluster/cluster.ts", find: "        manageMasterUserPassword: true,\n", replace: "" },
    seen: { by: "up", exitCode: 1, code: "ENGINE_FAILED", words: /CreateDBCluster/ },
    absent: ["aws:rds/cluster:Cluster"],
  },
  {
    row: "19a",
    title: "image of another architecture",
    patch: {
      file: "infra/bastion/bastion.ts",
      find: "al2023-ami-kernel-default-arm64",
      replace: "al2023-ami-kernel-default-x86_64",
    },
    seen: { by: "up", exitCode: 1, code: "ENGINE_FAILED", words: /RunInstances.*architecture/s },
    absent: ["aws:ec2/instance:Instance"],
  },
  {
    row: "19b",
    title: "image without an agent",
    patch: {
      file: "infra/bastion/bastion.ts",
      find: "al2023-ami-kernel-default-arm64",
      replace: "al2023-ami-minimal-kernel-default-arm64",
    },
    seen: NEVER_ONLINE,
  },
  {
    row: "19c",
    title: "metadata service off",
    patch: { file: "infra/bastion/bastion.ts", find: 'httpEndpoint: "enabled",', replace: 'httpEndpoint: "disabled",' },
    seen: NEVER_ONLINE,
  },
  {
    row: "20",
    title: "BoolIfExists becomes Bool on SessionDocumentAccessCheck",
    patch: { file: "infra/contract/permission-set-policy.ts", find: "BoolIfExists: {", replace: "Bool: {" },
    seen: { by: "connect", exitCode: 5, code: "AUTH_FORBIDDEN", words: /not authorized to perform: ssm:StartSession/ },
  },
];
