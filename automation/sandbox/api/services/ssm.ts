import type { Agents, SessionGateway } from "../../account/ports";
import { arn } from "../../account/arn";
import { ApiError, requiredText, type JsonService, type Operation } from "../operation";
import { permit } from "../permit";
import { documentArn, portTarget } from "./session-document";
import {
  describeDocument,
  describeInstanceInformation,
  getConnectionStatus,
  getParametersByPath,
  instanceArn,
  instanceOf,
  tagContext,
} from "./ssm-read";

/** Used when a call names none (Systems Manager user guide, "Start a session"). */
const DEFAULT_DOCUMENT = "SSM-SessionManagerRunShell";

/**
 * Both the instance and the document must be allowed; the key `ssm:SessionDocumentAccessCheck` is not in the context, so that plain
 * `Bool` on it denies even the permitted document (seen on real AWS). Policies first, then the document, then the node.
 */
const startSession =
  (agents: Agents, gateway: SessionGateway): Operation =>
  (call) => {
    const target = requiredText(call.input, "Target");
    const documentName = typeof call.input.DocumentName === "string" ? call.input.DocumentName : DEFAULT_DOCUMENT;
    const instance = instanceOf(call, target);
    permit(call, "ssm:StartSession", instanceArn(call, target), tagContext(instance));
    permit(call, "ssm:StartSession", documentArn(call, documentName));
    const { host, portNumber } = portTarget(
      call,
      documentName,
      (call.input.Parameters ?? {}) as Record<string, string[]>,
    );
    if (!instance || !agents.state(instance).connected)
      throw new ApiError("TargetNotConnected", `${target} is not connected.`);
    const started = gateway.start({
      account: call.account,
      region: call.region,
      instanceId: target,
      documentName,
      host,
      portNumber,
      owner: call.principal,
    });
    return { SessionId: started.sessionId, TokenValue: started.tokenValue, StreamUrl: started.streamUrl };
  };

/** One's own sessions, by the system tag that holds the owner's `aws:userid`. A session that has ended is no error. */
const terminateSession =
  (gateway: SessionGateway): Operation =>
  (call) => {
    const id = requiredText(call.input, "SessionId");
    const session = gateway.get(id);
    const context: Record<string, string> = session
      ? { "ssm:resourceTag/aws:ssmmessages:session-id": session.owner.userId }
      : {};
    permit(call, "ssm:TerminateSession", arn("ssm", call.region, call.account, `session/${id}`), context);
    if (!session) throw new ApiError("DoesNotExistException", `Session ${id} does not exist`);
    gateway.terminate(id);
    return { SessionId: id };
  };

/** Systems Manager: descriptors, documents, nodes, sessions. */
export function ssm(agents: Agents, gateway: SessionGateway): JsonService {
  return {
    prefix: "AmazonSSM",
    operations: {
      GetParametersByPath: getParametersByPath,
      DescribeDocument: describeDocument,
      DescribeInstanceInformation: describeInstanceInformation(agents),
      GetConnectionStatus: getConnectionStatus(agents),
      StartSession: startSession(agents, gateway),
      TerminateSession: terminateSession(gateway),
    },
  };
}
