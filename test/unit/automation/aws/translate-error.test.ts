import assert from "node:assert/strict";
import { awsErrorName, translateAwsError } from "../../../../automation/aws/translate-error";
import { SallyportError } from "../../../../automation/core/errors";
import type { ErrorCode } from "../../../../automation/core/error-codes";

const CALL = { service: "ssm", operation: "StartSession", region: "eu-west-2" };

/** The shape in which the SDK hands an error over. */
function sdkError(name: string, message: string, more: { status?: number; code?: string } = {}): Error {
  return Object.assign(
    new Error(message),
    { name, $metadata: { httpStatusCode: more.status ?? 400 } },
    more.code === undefined ? {} : { code: more.code },
  );
}

const TABLE: readonly (readonly [Error, ErrorCode])[] = [
  [sdkError("AccessDeniedException", "User: x is not authorized"), "AUTH_FORBIDDEN"],
  [sdkError("AccessDenied", "User: x is not authorized", { status: 403 }), "AUTH_FORBIDDEN"],
  [sdkError("ForbiddenException", "No access", { status: 403 }), "AUTH_FORBIDDEN"],
  [sdkError("SomethingNew", "No access", { status: 403 }), "AUTH_FORBIDDEN"],
  [sdkError("UnrecognizedClientException", "The security token included in the request is invalid."), "AUTH_FORBIDDEN"],
  [
    sdkError("InvalidSignatureException", "Signature expired: 20261123T100000Z is now earlier than 20261123T100500Z"),
    "CLOCK_SKEW",
  ],
  [
    sdkError(
      "SignatureDoesNotMatch",
      "Signature not yet current: 20261123T102000Z is still later than 20261123T101000Z",
    ),
    "CLOCK_SKEW",
  ],
  [
    sdkError("SignatureDoesNotMatch", "The request signature we calculated does not match", { status: 403 }),
    "AUTH_FORBIDDEN",
  ],
  [sdkError("RequestTimeTooSkewed", "too far"), "CLOCK_SKEW"],
  [sdkError("ExpiredTokenException", "The security token included in the request is expired"), "AUTH_SIGN_IN_EXPIRED"],
  [sdkError("UnauthorizedException", "Session token not found or invalid", { status: 401 }), "AUTH_SIGN_IN_EXPIRED"],
  [sdkError("TargetNotConnected", "i-0ab is not connected."), "TUNNEL_TARGET_NOT_CONNECTED"],
  [sdkError("Error", "connect ECONNREFUSED 127.0.0.1:1", { code: "ECONNREFUSED" }), "AWS_UNREACHABLE"],
  [sdkError("TimeoutError", "socket hang up"), "AWS_UNREACHABLE"],
  [sdkError("Error", "self-signed certificate", { code: "SELF_SIGNED_CERT_IN_CHAIN" }), "TLS_UNTRUSTED"],
  [sdkError("Error", "Hostname does not match", { code: "ERR_TLS_CERT_ALTNAME_INVALID" }), "TLS_WRONG_NAME"],
  [sdkError("Unknown", "UnknownError", { status: 407 }), "HTTP_PROXY_FAILED"],
  [sdkError("ThrottlingException", "Rate exceeded"), "AWS_CALL_FAILED"],
  [sdkError("InternalServerError", "oops", { status: 500 }), "AWS_CALL_FAILED"],
];

describe("translating AWS's errors", () => {
  for (const [error, code] of TABLE) {
    it(`${error.name} (${error.message.slice(0, 30)}) becomes ${code}`, () => {
      assert.equal(translateAwsError(error, CALL).code, code);
    });
  }

  it("keeps AWS's own sentence, which names the resource, and the error as cause", () => {
    const message =
      "User: arn:aws:sts::000000000000:assumed-role/r/jane is not authorized to perform: ssm:StartSession on resource: arn:aws:ssm:eu-west-2:000000000000:document/other";
    const error = sdkError("AccessDeniedException", message);
    const translated = translateAwsError(error, CALL);
    assert.equal(translated.message, `ssm:StartSession in eu-west-2 was refused: ${message}`);
    assert.equal(translated.cause, error);
    assert.equal(translated.exitCode, 5);
  });

  it("reads the code of several addresses that all failed", () => {
    const all = Object.assign(
      new AggregateError([sdkError("Error", "connect ECONNREFUSED ::1:1", { code: "ECONNREFUSED" })], ""),
      { code: "ECONNREFUSED" },
    );
    assert.equal(
      translateAwsError(all, CALL).message,
      "ssm:StartSession in eu-west-2 could not be reached: connect ECONNREFUSED ::1:1.",
    );
  });

  it("lets our own errors pass and survives what is no error", () => {
    const own = new SallyportError("INTERRUPTED", { message: "Interrupted." });
    assert.equal(translateAwsError(own, CALL), own);
    assert.equal(translateAwsError("text", CALL).code, "AWS_CALL_FAILED");
    assert.equal(awsErrorName(sdkError("com.amazonaws#InvalidDocument", "")), "InvalidDocument");
    assert.equal(awsErrorName(undefined), "");
  });
});
