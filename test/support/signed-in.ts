import path from "node:path";
import { recordFile, writeSignInRecord, type SignInRecord } from "../../automation/auth/sign-in-record";
import { recordedContext, type RecordedContext } from "./recorded-context";

/** A sandbox sign-in of jane that lasts until 2049. */
export const SIGN_IN: SignInRecord = {
  v: 1,
  startUrl: "https://sallyport-sandbox.awsapps.com/start",
  region: "eu-west-1",
  accessToken: "access-token-1",
  expiresAt: "2049-01-01T00:00:00.000Z",
  person: "jane@example.com",
  sandbox: { endpointUrl: "http://127.0.0.1:1", caBundle: "/nowhere/ca.pem" },
};

/** A context whose SALLYPORT_HOME is `<folder>/home`, with this record in it if one is given. */
export function signedInContext(
  folder: string,
  record: SignInRecord | undefined,
  more: { env?: Record<string, string>; json?: boolean } = {},
): RecordedContext {
  const home = homeOf(folder);
  if (record) writeSignInRecord(home, record, "r");
  return recordedContext(folder, { ...more, env: { SALLYPORT_HOME: home, ...more.env } });
}

/** SALLYPORT_HOME of `signedInContext`. */
export function homeOf(folder: string): string {
  return path.join(folder, "home");
}

/** Its record. */
export function recordOf(folder: string): string {
  return recordFile(homeOf(folder));
}
