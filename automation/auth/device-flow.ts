import type { DeviceAuthorization, SsoOidc } from "../aws/sso-oidc";
import type { Clock } from "../core/clock";
import { SallyportError } from "../core/errors";

/** What a sign-in by device flow needs. */
export interface DeviceSignIn {
  readonly oidc: SsoOidc;
  readonly startUrl: string;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Called once, when there is something to approve: shows the code to a person, or approves it in the sandbox. */
  onCode(authorization: DeviceAuthorization): Promise<void>;
}

/** RFC 8628 §3.5: after slow_down the interval grows by five seconds, for good. */
const SLOW_DOWN_MS = 5_000;

/**
 * Signs in by the device flow (RFC 8628): register, show a code, ask until it is approved.
 *
 * Errors: AUTH_DEVICE_REFUSED when it is denied or not approved in time; the signal's reason on abort.
 */
export async function deviceSignIn(request: DeviceSignIn): Promise<{ accessToken: string; expiresAt: number }> {
  const { oidc, clock, signal } = request;
  const client = await oidc.register("sallyport");
  const authorization = await oidc.startDevice(client, request.startUrl);
  const end = clock.now() + authorization.expiresInMs;
  await request.onCode(authorization);
  let interval = authorization.intervalMs;
  for (;;) {
    const answer = await oidc.token(client, authorization.deviceCode);
    switch (answer.state) {
      case "granted":
        return { accessToken: answer.accessToken, expiresAt: clock.now() + answer.expiresInMs };
      case "denied":
        throw new SallyportError("AUTH_DEVICE_REFUSED", {
          message: `The sign-in with code ${authorization.userCode} was refused.`,
        });
      case "expired":
        throw notInTime(authorization);
      case "slowDown":
        interval += SLOW_DOWN_MS;
        break;
      case "pending":
        break;
    }
    if (clock.now() + interval >= end) throw notInTime(authorization);
    await clock.sleep(interval, signal);
  }
}

function notInTime(authorization: DeviceAuthorization): SallyportError {
  return new SallyportError("AUTH_DEVICE_REFUSED", {
    message: `The sign-in with code ${authorization.userCode} was not approved within ${Math.round(authorization.expiresInMs / 60_000)} min.`,
  });
}
