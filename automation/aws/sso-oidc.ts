import {
  CreateTokenCommand,
  RegisterClientCommand,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from "@aws-sdk/client-sso-oidc";
import { SallyportError } from "../core/errors";
import { makeCall } from "./call";
import { clientSettings, type AwsOptions } from "./options";

/** A registered client of the sign-in service; the secret is short-lived and per run. */
export interface OidcClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A device authorization that waits for approval. Times in milliseconds. */
export interface DeviceAuthorization {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete: string;
  readonly intervalMs: number;
  readonly expiresInMs: number;
}

/** What polling for the token answers: the token, or what to do next. */
export type TokenAnswer =
  | { readonly state: "granted"; readonly accessToken: string; readonly expiresInMs: number }
  | { readonly state: "pending" | "slowDown" | "denied" | "expired" };

export interface SsoOidc {
  register(clientName: string): Promise<OidcClient>;
  startDevice(client: OidcClient, startUrl: string): Promise<DeviceAuthorization>;
  token(client: OidcClient, deviceCode: string): Promise<TokenAnswer>;
}

/** Names of RFC 8628 §3.5 as sso-oidc's exceptions (IAM Identity Center OIDC API reference, CreateToken). */
const WAITING: Readonly<Record<string, "pending" | "slowDown" | "denied" | "expired">> = {
  AuthorizationPendingException: "pending",
  SlowDownException: "slowDown",
  AccessDeniedException: "denied",
  ExpiredTokenException: "expired",
};

/** The sign-in service (device flow, RFC 8628). Nothing is signed. */
export function makeSsoOidc(options: AwsOptions): SsoOidc {
  const client = new SSOOIDCClient(clientSettings(options));
  const call = makeCall(client, "sso-oidc", options);
  return {
    register: async (clientName) => {
      const input = { clientName, clientType: "public", scopes: ["sso:account:access"] };
      const answer = await call("RegisterClient", (http) => client.send(new RegisterClientCommand(input), http));
      return {
        clientId: needed(answer.clientId, "RegisterClient"),
        clientSecret: needed(answer.clientSecret, "RegisterClient"),
      };
    },
    startDevice: async (registered, startUrl) => {
      const command = new StartDeviceAuthorizationCommand({ ...registered, startUrl });
      const answer = await call("StartDeviceAuthorization", (http) => client.send(command, http));
      return {
        deviceCode: needed(answer.deviceCode, "StartDeviceAuthorization"),
        userCode: needed(answer.userCode, "StartDeviceAuthorization"),
        verificationUri: answer.verificationUri ?? "",
        verificationUriComplete: answer.verificationUriComplete ?? "",
        intervalMs: (answer.interval ?? 5) * 1000,
        expiresInMs: (answer.expiresIn ?? 600) * 1000,
      };
    },
    token: async (registered, deviceCode) => {
      const command = new CreateTokenCommand({
        ...registered,
        deviceCode,
        grantType: "urn:ietf:params:oauth:grant-type:device_code",
      });
      try {
        const answer = await call("CreateToken", (http) => client.send(command, http));
        return {
          state: "granted",
          accessToken: needed(answer.accessToken, "CreateToken"),
          expiresInMs: (answer.expiresIn ?? 0) * 1000,
        };
      } catch (thrown) {
        const name = thrown instanceof SallyportError && thrown.cause instanceof Error ? thrown.cause.name : "";
        const state = WAITING[name];
        if (state) return { state };
        throw thrown;
      }
    },
  };
}

function needed(value: string | undefined, operation: string): string {
  if (value) return value;
  throw new SallyportError("AWS_CALL_FAILED", {
    message: `sso-oidc:${operation} answered without what it should hold.`,
  });
}
