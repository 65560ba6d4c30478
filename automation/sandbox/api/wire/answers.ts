import type { ServerResponse } from "node:http";
import { ApiError } from "../operation";
import { escapeXml, xml } from "./xml";

/** What every answer bears: a request id, and the account's own idea of the time, so that clients can see that theirs is wrong. */
export interface AnswerHead {
  readonly requestId: string;
  /** Wall time, milliseconds. */
  readonly now: number;
}

function head({ requestId, now }: AnswerHead, contentType: string): Record<string, string> {
  return {
    "content-type": contentType,
    "x-amzn-requestid": requestId,
    date: new Date(now).toUTCString(),
    "cache-control": "no-store",
  };
}

/** AWS JSON 1.1. */
export function answerJson(response: ServerResponse, about: AnswerHead, body: object, status = 200): void {
  response.writeHead(status, head(about, "application/x-amz-json-1.1")).end(JSON.stringify(body));
}

/** A refusal in AWS JSON 1.1: the code in `__type` and in a header. */
export function refuseJson(response: ServerResponse, about: AnswerHead, error: ApiError): void {
  response
    .writeHead(error.status, { ...head(about, "application/x-amz-json-1.1"), "x-amzn-errortype": error.code })
    .end(JSON.stringify({ __type: error.code, message: error.message, Message: error.message }));
}

/** Query protocol: `<OperationResponse><OperationResult>…`. */
export function answerXml(
  response: ServerResponse,
  about: AnswerHead,
  operation: string,
  namespace: string,
  body: object,
): void {
  const text = `<${operation}Response xmlns="${namespace}"><${operation}Result>${xml(body)}</${operation}Result><ResponseMetadata><RequestId>${about.requestId}</RequestId></ResponseMetadata></${operation}Response>`;
  response.writeHead(200, head(about, "text/xml")).end(text);
}

/** A refusal in the query protocol. */
export function refuseXml(response: ServerResponse, about: AnswerHead, error: ApiError, namespace: string): void {
  const text = `<ErrorResponse xmlns="${namespace}"><Error><Type>${error.status < 500 ? "Sender" : "Receiver"}</Type><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>${about.requestId}</RequestId></ErrorResponse>`;
  response.writeHead(error.status, head(about, "text/xml")).end(text);
}

/** Plain JSON of the portal and the sign-in. */
export function answerPlain(
  response: ServerResponse,
  about: AnswerHead,
  status: number,
  body: object,
  errorType?: string,
): void {
  response
    .writeHead(status, {
      ...head(about, "application/json"),
      ...(errorType === undefined ? {} : { "x-amzn-errortype": errorType }),
    })
    .end(JSON.stringify(body));
}

/** Any thrown value as a refusal: AWS's own for ApiError and for errors with a code, InternalFailure for the rest. */
export function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (thrown instanceof Error && "code" in thrown && typeof thrown.code === "string")
    return new ApiError(thrown.code, thrown.message, thrown.code === "AccessDenied" ? 403 : 400);
  return new ApiError("InternalFailure", thrown instanceof Error ? thrown.message : String(thrown), 500);
}
