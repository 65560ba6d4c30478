import type { RouteAnswer, RouteRequest, UnsignedRoute } from "../unsigned-route";
import { INTERVAL_SECONDS, type Granted, type SignIn } from "./sign-in";

const DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

/** Errors as sso-oidc names them (IAM Identity Center OIDC API reference, CreateToken). */
const EXCEPTIONS: Readonly<Record<Extract<Granted, { error: string }>["error"], readonly [string, number]>> = {
  authorization_pending: ["AuthorizationPendingException", 400],
  slow_down: ["SlowDownException", 400],
  expired_token: ["ExpiredTokenException", 400],
  invalid_grant: ["InvalidGrantException", 400],
  invalid_client: ["InvalidClientException", 401],
};

/** The sign-in service's paths: RegisterClient, StartDeviceAuthorization, CreateToken. */
export function oidcRoutes(signIn: SignIn, startUrl: string): UnsignedRoute[] {
  return [
    { method: "POST", path: "/client/register", handle: () => register(signIn) },
    { method: "POST", path: "/device_authorization", handle: (request) => startDevice(signIn, startUrl, request) },
    { method: "POST", path: "/token", handle: (request) => createToken(signIn, request) },
  ];
}

function register(signIn: SignIn): RouteAnswer {
  const client = signIn.register();
  const seconds = (ms: number): number => Math.floor(ms / 1000);
  return {
    status: 200,
    json: {
      clientId: client.clientId,
      clientSecret: client.clientSecret,
      clientIdIssuedAt: seconds(client.issuedAt),
      clientSecretExpiresAt: seconds(client.expiresAt),
    },
  };
}

function startDevice(signIn: SignIn, startUrl: string, { body }: RouteRequest): RouteAnswer {
  if (text(body, "startUrl").replace(/\/$/, "") !== startUrl.replace(/\/$/, ""))
    return refuse("invalid_request", "InvalidRequestException", 400, "the start URL is not this organisation's");
  const device = signIn.startDevice(text(body, "clientId"), text(body, "clientSecret"));
  if (!device) return refuse("invalid_client", "InvalidClientException", 401);
  const verificationUri = `${startUrl}/#/device`;
  return {
    status: 200,
    json: {
      ...device,
      verificationUri,
      verificationUriComplete: `${verificationUri}?user_code=${device.userCode}`,
      interval: INTERVAL_SECONDS,
    },
  };
}

function createToken(signIn: SignIn, { body }: RouteRequest): RouteAnswer {
  const [clientId, clientSecret, grantType] = [
    text(body, "clientId"),
    text(body, "clientSecret"),
    text(body, "grantType"),
  ];
  if (grantType !== DEVICE_GRANT && grantType !== "refresh_token")
    return refuse("unsupported_grant_type", "UnsupportedGrantTypeException", 400);
  const granted =
    grantType === DEVICE_GRANT
      ? signIn.tokenOfDevice(clientId, clientSecret, text(body, "deviceCode"))
      : signIn.tokenOfRefresh(clientId, clientSecret, text(body, "refreshToken"));
  if ("error" in granted) return refuse(granted.error, ...EXCEPTIONS[granted.error]);
  return { status: 200, json: { ...granted, tokenType: "Bearer" } };
}

function refuse(error: string, errorType: string, status: number, description = error): RouteAnswer {
  return { status, errorType, json: { error, error_description: description } };
}

function text(body: Readonly<Record<string, unknown>>, name: string): string {
  const value = body[name];
  return typeof value === "string" ? value : "";
}
