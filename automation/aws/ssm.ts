import {
  DescribeDocumentCommand,
  DescribeInstanceInformationCommand,
  type InstanceInformation,
  GetConnectionStatusCommand,
  GetParametersByPathCommand,
  SSMClient,
  ResumeSessionCommand,
  StartSessionCommand,
  TerminateSessionCommand,
} from "@aws-sdk/client-ssm";
import { SallyportError } from "../core/errors";
import { allPages, makeCall } from "./call";
import { clientSettings, type AwsOptions } from "./options";
import { awsErrorName } from "./translate-error";

/** A String parameter. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

/** A session document's default version; `hash` is lower-case hex of SHA-256 as SSM computes it. */
export interface DocumentView {
  readonly name: string;
  readonly hash: string;
  readonly status: string;
  readonly version: string;
}

/** A managed node. */
export interface NodeView {
  readonly instanceId: string;
  /** `Online`, `ConnectionLost`, `Inactive`: the heartbeat over ssm, not the tunnel's path. */
  readonly pingStatus: string;
  readonly lastPing: Date | undefined;
  readonly agentVersion: string;
}

/** An opened session; token and address are secrets. */
export interface StartedSession {
  readonly sessionId: string;
  readonly tokenValue: string;
  readonly streamUrl: string;
}

export interface Ssm {
  parametersByPath(path: string): Promise<Parameter[]>;
  describeDocument(name: string): Promise<DocumentView>;
  /** Managed nodes that carry a tag with this value. */
  nodesByTag(key: string, value: string): Promise<NodeView[]>;
  /** A managed node by its id, whatever its tags; undefined if Systems Manager does not know it. */
  nodeById(instanceId: string): Promise<NodeView | undefined>;
  /** Whether the node's control channel is open. */
  isConnected(instanceId: string): Promise<boolean>;
  startSession(request: {
    readonly target: string;
    readonly documentName: string;
    readonly reason?: string;
  }): Promise<StartedSession>;
  /**
   * A fresh token and address for a session whose channel was lost; undefined if it is over: AWS then knows no such session, or
   * answers without a token. An address may be missing ("").
   */
  resumeSession(sessionId: string): Promise<StartedSession | undefined>;
  terminateSession(sessionId: string): Promise<void>;
}

/** Systems Manager: descriptors, documents, nodes and sessions. */
export function makeSsm(options: AwsOptions): Ssm {
  const client = new SSMClient(clientSettings(options));
  const call = makeCall(client, "ssm", options);
  const nodes = (key: string, value: string): Promise<NodeView[]> =>
    allPages(async (token) => {
      const input = { Filters: [{ Key: key, Values: [value] }], ...(token === undefined ? {} : { NextToken: token }) };
      const answer = await call("DescribeInstanceInformation", (http) =>
        client.send(new DescribeInstanceInformationCommand(input), http),
      );
      return { items: (answer.InstanceInformationList ?? []).map(nodeView), next: answer.NextToken };
    });
  return {
    parametersByPath: (path) =>
      allPages(async (token) => {
        const input = { Path: path, Recursive: true, ...(token === undefined ? {} : { NextToken: token }) };
        const answer = await call("GetParametersByPath", (http) =>
          client.send(new GetParametersByPathCommand(input), http),
        );
        return {
          items: (answer.Parameters ?? []).map((p) => ({ name: p.Name ?? "", value: p.Value ?? "" })),
          next: answer.NextToken,
        };
      }),
    describeDocument: async (name) => {
      const answer = await call("DescribeDocument", (http) =>
        client.send(new DescribeDocumentCommand({ Name: name }), http),
      );
      const found = answer.Document;
      return {
        name: found?.Name ?? name,
        hash: (found?.Hash ?? "").toLowerCase(),
        status: found?.Status ?? "",
        version: found?.DefaultVersion ?? "",
      };
    },
    nodesByTag: (key, value) => nodes(`tag:${key}`, value),
    nodeById: async (instanceId) => (await nodes("InstanceIds", instanceId))[0],
    isConnected: async (instanceId) => {
      const answer = await call("GetConnectionStatus", (http) =>
        client.send(new GetConnectionStatusCommand({ Target: instanceId }), http),
      );
      return answer.Status === "connected";
    },
    startSession: async ({ target, documentName, reason }) => {
      const input = { Target: target, DocumentName: documentName, ...(reason === undefined ? {} : { Reason: reason }) };
      const answer = await call("StartSession", (http) => client.send(new StartSessionCommand(input), http));
      if (!answer.SessionId || !answer.TokenValue || !answer.StreamUrl) {
        throw new SallyportError("AWS_CALL_FAILED", {
          message: `ssm:StartSession on ${target} answered without a session.`,
        });
      }
      return { sessionId: answer.SessionId, tokenValue: answer.TokenValue, streamUrl: answer.StreamUrl };
    },
    resumeSession: async (sessionId) => {
      try {
        const answer = await call("ResumeSession", (http) =>
          client.send(new ResumeSessionCommand({ SessionId: sessionId }), http),
        );
        if (!answer.TokenValue) return undefined;
        return { sessionId, tokenValue: answer.TokenValue, streamUrl: answer.StreamUrl ?? "" };
      } catch (thrown) {
        if (thrown instanceof SallyportError && awsErrorName(thrown.cause) === "DoesNotExistException")
          return undefined;
        throw thrown;
      }
    },
    terminateSession: async (sessionId) => {
      await call("TerminateSession", (http) =>
        client.send(new TerminateSessionCommand({ SessionId: sessionId }), http),
      );
    },
  };
}

function nodeView(node: InstanceInformation): NodeView {
  return {
    instanceId: node.InstanceId ?? "",
    pingStatus: node.PingStatus ?? "",
    lastPing: node.LastPingDateTime,
    agentVersion: node.AgentVersion ?? "",
  };
}
