import type { Agents, ChannelAccess, PortSession, SessionGateway } from "../../account/ports";
import { arn } from "../../account/arn";
import { ResumeRefusal } from "../../agent/resume-answer";
import { ApiError, requiredText, type Call, type JsonService, type Operation } from "../operation";
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
    const { host, portNumber, localPortNumber } = portTarget(
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
      localPortNumber,
      owner: call.principal,
    });
    return { SessionId: started.sessionId, TokenValue: started.tokenValue, StreamUrl: started.streamUrl };
  };

/**
 * The session that a call names, if the caller may. One's own sessions are told by the system tag that holds the owner's
 * `aws:userid`. Raises AccessDeniedException, then DoesNotExistException.
 */
function ownSession(call: Call, gateway: SessionGateway, action: string): PortSession {
  const id = requiredText(call.input, "SessionId");
  const found = gateway.get(id);
  // A session is a thing of its account and region: elsewhere there is none by that id.
  const session = found?.account === call.account && found.region === call.region ? found : undefined;
  const context: Record<string, string> = session
    ? { "ssm:resourceTag/aws:ssmmessages:session-id": session.owner.userId }
    : {};
  permit(call, action, arn("ssm", call.region, call.account, `session/${id}`), context);
  if (!session) throw new ApiError("DoesNotExistException", `Session ${id} does not exist`);
  return session;
}

/** A session that has ended is no error. */
const terminateSession =
  (gateway: SessionGateway): Operation =>
  (call) => {
    const { id } = ownSession(call, gateway, "ssm:TerminateSession");
    gateway.terminate(id);
    return { SessionId: id };
  };

/** A new token and address; for a session that is over the answer has neither (session-manager-plugin, `sessionhandler.go`). */
const resumeSession =
  (gateway: SessionGateway): Operation =>
  (call) => {
    const { id } = ownSession(call, gateway, "ssm:ResumeSession");
    const access = resumed(gateway, id);
    if (!access) return { SessionId: id };
    return { SessionId: id, TokenValue: access.tokenValue, StreamUrl: access.streamUrl };
  };

function resumed(gateway: SessionGateway, id: string): ChannelAccess | undefined {
  try {
    return gateway.resume(id);
  } catch (error) {
    if (error instanceof ResumeRefusal) throw new ApiError(error.code, error.message, error.status);
    throw error;
  }
}

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
      ResumeSession: resumeSession(gateway),
      TerminateSession: terminateSession(gateway),
    },
  };
}
