import type { DoorCalls } from "../../automation/door/resolve-door";

/** What the stand-in of AWS was asked, in order: `start INSTANCE DOCUMENT`, `resume SESSION`, `end SESSION`. */
export interface FakeDoorCalls extends DoorCalls {
  readonly said: string[];
}

/** AWS as a sound door of `SMALL_DESCRIPTOR` needs it: the cluster at `endpoint`, one bastion, the session `jane-1`. */
export function doorCalls({ endpoint = "db.example", ssm = {} }: DoorCallsOptions = {}): FakeDoorCalls {
  const said: string[] = [];
  return {
    said,
    rds: {
      clustersByResourceId: async (resourceId) => [
        {
          identifier: "payments-dev-app",
          resourceId,
          arn: "arn:aws:rds:eu-west-2:000000000000:cluster:payments-dev-app",
          status: "available",
          engine: "aurora-postgresql",
          engineVersion: "16.6",
          endpoint,
          readerEndpoint: "",
          port: 5432,
          iamAuthentication: true,
          masterUserName: "",
          masterSecretArn: undefined,
          databaseName: undefined,
        },
      ],
    },
    ssm: {
      describeDocument: async (name) => ({ name, hash: "a".repeat(64), status: "Active", version: "1" }),
      nodesByTag: async () => [{ instanceId: "i-1", pingStatus: "Online", lastPing: undefined, agentVersion: "" }],
      isConnected: async () => true,
      startSession: async ({ target, documentName }) => {
        said.push(`start ${target} ${documentName}`);
        return { sessionId: "jane-1", tokenValue: "first-token", streamUrl: "wss://a.example/1" };
      },
      resumeSession: async (id) => {
        said.push(`resume ${id}`);
        return undefined;
      },
      terminateSession: async (id) => void said.push(`end ${id}`),
      ...ssm,
    },
  };
}

/** What differs from a sound door. */
export interface DoorCallsOptions {
  /** The cluster's host name; `db.example` when left out. */
  readonly endpoint?: string;
  readonly ssm?: Partial<DoorCalls["ssm"]>;
}
