import { SallyportError } from "../core/errors";

/** Codes of OpenSSL's verification as Node reports them ("X509 certificate error codes" of Node's TLS page). */
const UNTRUSTED =
  /^(UNABLE_TO_(GET|VERIFY|DECODE|DECRYPT)_|DEPTH_ZERO_SELF_SIGNED_CERT$|SELF_SIGNED_CERT_IN_CHAIN$|CERT_|CRL_|INVALID_CA$|PATH_LENGTH_EXCEEDED$|INVALID_PURPOSE$|ERROR_IN_CERT_)/;

/**
 * A TLS failure as ours.
 *
 * @example translateTlsError(nameError, "app.cluster-x").message // 'The certificate is for "other.cluster-x", not "app.cluster-x".'
 */
export function translateTlsError(error: Error, endpoint: string): SallyportError {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return new SallyportError("TLS_WRONG_NAME", {
      message: `The certificate is for ${certificateNames(error)}, not "${endpoint}".`,
      cause: error,
    });
  }
  if (UNTRUSTED.test(code)) {
    return new SallyportError("TLS_UNTRUSTED", {
      message: `The certificate of ${endpoint} is not trusted: ${error.message} (${code}).`,
      likely:
        code === "CERT_NOT_YET_VALID" || code === "CERT_HAS_EXPIRED"
          ? "Check this machine's clock too."
          : "Somebody may stand between the bastion and the database, or the CA bundle is another's.",
      cause: error,
    });
  }
  return new SallyportError("DB_UNREACHABLE", {
    message: `The TLS handshake with ${endpoint} failed: ${error.message}.`,
    cause: error,
  });
}

/** DNS names of the certificate that Node refused; at most three, they come from outside. */
function certificateNames(error: Error): string {
  const cert: unknown = "cert" in error ? error.cert : undefined;
  const names = typeof cert === "object" && cert !== null && "subjectaltname" in cert ? cert.subjectaltname : "";
  const list = (typeof names === "string" ? names : "")
    .split(", ")
    .flatMap((name) => (name.startsWith("DNS:") ? [`"${name.slice(4)}"`] : []));
  return list.length === 0 ? "no name" : list.slice(0, 3).join(", ");
}
