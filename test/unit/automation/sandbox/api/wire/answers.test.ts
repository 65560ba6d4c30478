import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { AwsError } from "../../../../../../automation/sandbox/account/aws-error";
import { ApiError } from "../../../../../../automation/sandbox/api/operation";
import {
  answerJson,
  answerPlain,
  answerXml,
  asApiError,
  refuseJson,
  refuseXml,
} from "../../../../../../automation/sandbox/api/wire/answers";

const ABOUT = { requestId: "r-1", now: Date.parse("2026-11-22T12:00:00Z") };
const HEAD = { "x-amzn-requestid": "r-1", date: "Sun, 22 Nov 2026 12:00:00 GMT", "cache-control": "no-store" };

/** What a function writes to a response. */
function written(write: (response: ServerResponse) => void): { status?: number; headers?: object; body?: string } {
  const got: { status?: number; headers?: object; body?: string } = {};
  const response = {
    writeHead: (status: number, headers: object) => Object.assign(got, { status, headers }) && response,
    end: (body: string) => Object.assign(got, { body }),
  };
  write(response as unknown as ServerResponse);
  return got;
}

describe("answers", () => {
  it("writes AWS JSON 1.1", () =>
    assert.deepEqual(
      written((to) => answerJson(to, ABOUT, { A: 1 })),
      {
        status: 200,
        headers: { ...HEAD, "content-type": "application/x-amz-json-1.1" },
        body: '{"A":1}',
      },
    ));

  it("writes a JSON refusal with its code in body and header", () =>
    assert.deepEqual(
      written((to) => refuseJson(to, ABOUT, new ApiError("InvalidDocument", "no"))),
      {
        status: 400,
        headers: { ...HEAD, "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": "InvalidDocument" },
        body: '{"__type":"InvalidDocument","message":"no","Message":"no"}',
      },
    ));

  it("writes the query protocol's answer", () =>
    assert.deepEqual(
      written((to) => answerXml(to, ABOUT, "Ask", "urn:n", { A: "x" })),
      {
        status: 200,
        headers: { ...HEAD, "content-type": "text/xml" },
        body: '<AskResponse xmlns="urn:n"><AskResult><A>x</A></AskResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></AskResponse>',
      },
    ));

  it("writes the query protocol's refusal, escaped, and says whose fault it is", () => {
    const body = (error: ApiError): string | undefined => written((to) => refuseXml(to, ABOUT, error, "urn:n")).body;
    const start = '<ErrorResponse xmlns="urn:n"><Error>';
    const end = "</Error><RequestId>r-1</RequestId></ErrorResponse>";
    const sender = "<Type>Sender</Type><Code>Bad</Code><Message>&lt;b&gt;</Message>";
    assert.equal(body(new ApiError("Bad", "<b>", 403)), `${start}${sender}${end}`);
    const receiver = "<Type>Receiver</Type><Code>Worse</Code><Message>m</Message>";
    assert.equal(body(new ApiError("Worse", "m", 500)), `${start}${receiver}${end}`);
  });

  it("names the error of a plain refusal in a header, and none for an answer", () => {
    const plain = { ...HEAD, "content-type": "application/json" };
    assert.deepEqual(written((to) => answerPlain(to, ABOUT, 200, {})).headers, plain);
    const refused = written((to) => answerPlain(to, ABOUT, 403, {}, "ForbiddenException"));
    assert.deepEqual(refused.headers, { ...plain, "x-amzn-errortype": "ForbiddenException" });
  });
});

describe("asApiError", () => {
  const parts = (thrown: unknown): unknown[] => {
    const { code, message, status } = asApiError(thrown);
    return [code, message, status];
  };
  it("keeps a refusal as it is", () => assert.deepEqual(parts(new ApiError("Gone", "m", 404)), ["Gone", "m", 404]));
  it("takes the account's own refusals by their code", () => {
    assert.deepEqual(parts(new AwsError("AccessDenied", "m")), ["AccessDenied", "m", 403]);
    assert.deepEqual(parts(new AwsError("Other", "m")), ["Other", "m", 400]);
  });
  it("makes InternalFailure of everything else", () => {
    assert.deepEqual(parts(new TypeError("m")), ["InternalFailure", "m", 500]);
    assert.deepEqual(parts("text"), ["InternalFailure", "text", 500]);
  });
});
