import { SallyportError } from "../core/errors";
import { socketErrorText } from "./socket-error-text";

/** Codes of Node and OpenSSL for a certificate that is not accepted, or TLS that cannot be agreed on. */
const TLS_CODES = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_|ERR_SSL_|INVALID_CA|EPROTO$)/;

/**
 * A failure of TLS with a service of AWS as our error: TLS_WRONG_NAME, or TLS_UNTRUSTED for everything else about it; undefined if
 * the error is no TLS failure. `who` begins the sentence.
 *
 * @example tlsProblem("ssm:StartSession in eu-west-2", error)?.message
 * // "ssm:StartSession in eu-west-2: the server's certificate was not accepted: self-signed certificate in certificate chain."
 */
export function tlsProblem(who: string, error: Error): SallyportError | undefined {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (!TLS_CODES.test(code)) return undefined;
  const message = `${who}: the server's certificate was not accepted: ${socketErrorText(error).replace(/\.$/, "")}.`;
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID")
    return new SallyportError("TLS_WRONG_NAME", {
      message,
      likely: "Something between this machine and AWS answers in AWS's place.",
      next: "do not go on: check the network and HTTPS_PROXY",
      cause: error,
    });
  return new SallyportError("TLS_UNTRUSTED", {
    message,
    likely: "A proxy that inspects TLS has an authority of its own, or AWS_CA_BUNDLE lacks the one of AWS.",
    next: "set AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS to your organisation's authorities",
    cause: error,
  });
}
