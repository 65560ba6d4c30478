import type { CloudObject, Estate } from "../account/estate";
import type { Agents } from "../account/ports";
import { textOf } from "../network/read-props";
import type { SandboxFile } from "./sandbox-file";

/** What changes in `sandbox.json` as environments come and go. */
export type Deployed = Pick<SandboxFile, "clusters" | "people" | "instances" | "documents">;

const CLUSTER = "aws:rds/cluster:Cluster";
const INSTANCE = "aws:ec2/instance:Instance";
const DOCUMENT = "aws:ssm/document:Document";
const ASSIGNMENT = "aws:ssoadmin/accountAssignment:AccountAssignment";

/** Reads what is deployed out of the account. */
export function deployedIn(estate: Estate): Deployed {
  const clusters = estate.list(CLUSTER).flatMap((cluster) => {
    const [host, resourceId] = [textOf(cluster.props.endpoint), textOf(cluster.props.clusterResourceId)];
    if (host === undefined || resourceId === undefined) return [];
    return [
      [
        cluster.id,
        { host, port: typeof cluster.props.port === "number" ? cluster.props.port : 5432, resourceId },
      ] as const,
    ];
  });
  const documents = estate.list(DOCUMENT).filter((document) => document.props.documentType === "Session");
  return {
    clusters: Object.fromEntries(clusters),
    people: people(estate),
    instances: estate.list(INSTANCE).map((instance) => instance.id),
    documents: documents.map((document) => textOf(document.props.name) ?? document.id),
  };
}

/** Everybody of the directory; first those whom an account assignment reaches, by themselves or through a group. */
function people({ directory, objects }: Estate): string[] {
  const reached = new Set<string>();
  for (const { token, props } of objects) {
    if (token !== ASSIGNMENT) continue;
    const id = textOf(props.principalId) ?? "";
    const members = directory.groups.find((group) => group.groupId === id)?.members ?? [];
    for (const userId of props.principalType === "GROUP" ? members : [id]) reached.add(userId);
  }
  const [first, rest] = [
    directory.users.filter((user) => reached.has(user.userId)),
    directory.users.filter((user) => !reached.has(user.userId)),
  ];
  return [...first, ...rest].map((user) => user.userName);
}

/** What `sandbox status` shows beside `sandbox.json`. */
export interface Status extends Deployed {
  /** Objects of the accounts by Pulumi type; those that every sandbox begins with are not counted. */
  readonly objects: Readonly<Record<string, number>>;
  /** Instances and their agents, with the reasons of those that are silent. */
  readonly agents: readonly {
    readonly instance: string;
    readonly online: boolean;
    readonly connected: boolean;
    readonly reasons: readonly string[];
  }[];
  /** Provider instances that are open now. */
  readonly providers: number;
}

/** The sandbox as it is now. */
export function statusOf(estate: Estate, agents: Pick<Agents, "state">, providers: number): Status {
  const agentOf = (instance: CloudObject): Status["agents"][number] => {
    const { online, connected, reasons } = agents.state(instance);
    return { instance: instance.id, online, connected, reasons };
  };
  return { ...deployedIn(estate), objects: counts(estate), agents: estate.list(INSTANCE).map(agentOf), providers };
}

function counts(estate: Estate): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { token, hidden } of estate.objects) {
    if (hidden.seeded === true || token.startsWith("sandbox:")) continue;
    found[token] = (found[token] ?? 0) + 1;
  }
  return found;
}
