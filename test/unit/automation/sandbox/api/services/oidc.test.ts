import assert from "node:assert/strict";
import {
  CreateTokenCommand,
  RegisterClientCommand,
  SSOOIDCClient,
  SSOOIDCServiceException,
  StartDeviceAuthorizationCommand,
  type CreateTokenCommandInput,
} from "@aws-sdk/client-sso-oidc";
import { apiWorld, type ApiWorld } from "../api-world";

const DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

describe("the sign-in service over the wire", () => {
  let world: ApiWorld;
  let client: SSOOIDCClient;
  beforeEach(async () => {
    world = await apiWorld();
    client = new SSOOIDCClient({ endpoint: world.endpoint, region: "eu-west-1", maxAttempts: 1 });
  });
  afterEach(async () => {
    client.destroy();
    await world.close();
  });

  const register = async (): Promise<{ clientId: string; clientSecret: string }> => {
    const { clientId = "", clientSecret = "" } = await client.send(
      new RegisterClientCommand({ clientName: "test", clientType: "public" }),
    );
    return { clientId, clientSecret };
  };
  const start = (registered: { clientId: string; clientSecret: string }, startUrl?: string) =>
    client.send(
      new StartDeviceAuthorizationCommand({ ...registered, startUrl: startUrl ?? world.estate.directory.startUrl }),
    );
  const approve = (userCode: string | undefined): void => {
    const [jane = assert.fail("no people")] = world.estate.directory.users;
    assert.equal(world.signIn.approve(userCode ?? "", jane), "approved");
  };
  const token = (input: CreateTokenCommandInput) => client.send(new CreateTokenCommand(input));
  /** Name, OAuth error and HTTP status of a refusal, as the SDK reads them. */
  const refusal = async (call: Promise<unknown>): Promise<readonly [string, unknown, number | undefined]> => {
    const thrown: unknown = await call.then(
      () => assert.fail("was not refused"),
      (error: unknown) => error,
    );
    assert.ok(thrown instanceof SSOOIDCServiceException, String(thrown));
    return [thrown.name, (thrown as { error?: unknown }).error, thrown.$metadata.httpStatusCode];
  };

  it("a client may register, and its secret ends after ninety days, in seconds", async () => {
    const answer = await client.send(new RegisterClientCommand({ clientName: "test", clientType: "public" }));
    assert.equal((answer.clientSecretExpiresAt ?? 0) - (answer.clientIdIssuedAt ?? 0), 90 * 24 * 3600);
  });

  it("a device is shown where to go, with the code filled in", async () => {
    const device = await start(await register());
    assert.match(device.userCode ?? "", /^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
    assert.equal(device.verificationUriComplete, `${device.verificationUri}?user_code=${device.userCode}`);
    assert.deepEqual([device.expiresIn, device.interval], [600, 1]);
  });

  it("pending, too soon, granted, spent: each in the service's own words", async () => {
    const registered = await register();
    const device = await start(registered);
    const ask = { ...registered, grantType: DEVICE_GRANT, deviceCode: device.deviceCode };
    assert.deepEqual(await refusal(token(ask)), ["AuthorizationPendingException", "authorization_pending", 400]);
    assert.deepEqual(await refusal(token(ask)), ["SlowDownException", "slow_down", 400]);
    approve(device.userCode);
    const granted = await token(ask);
    assert.deepEqual([granted.tokenType, granted.expiresIn], ["Bearer", 8 * 3600]);
    assert.deepEqual(await refusal(token(ask)), ["InvalidGrantException", "invalid_grant", 400]);
  });

  it("a refresh token gives another access token, once", async () => {
    const registered = await register();
    const device = await start(registered);
    approve(device.userCode);
    const first = await token({ ...registered, grantType: DEVICE_GRANT, deviceCode: device.deviceCode });
    const ask = { ...registered, grantType: "refresh_token", refreshToken: first.refreshToken };
    const second = await token(ask);
    assert.equal(world.signIn.personOf(second.accessToken), world.estate.directory.users[0]);
    assert.notEqual(second.accessToken, first.accessToken);
    assert.deepEqual(await refusal(token(ask)), ["InvalidGrantException", "invalid_grant", 400]);
  });

  it("a code that ended is an expired token", async () => {
    const registered = await register();
    const device = await start(registered);
    world.estate.clocks.wall = (
      (now) => () =>
        now + 600_000
    )(world.estate.clocks.wall());
    const ask = { ...registered, grantType: DEVICE_GRANT, deviceCode: device.deviceCode };
    assert.deepEqual(await refusal(token(ask)), ["ExpiredTokenException", "expired_token", 400]);
  });

  it("another organisation's start URL, a wrong secret and an unknown grant are refused", async () => {
    const registered = await register();
    const wrong = { ...registered, clientSecret: "wrong" };
    assert.deepEqual(await refusal(start(registered, "https://other.awsapps.com/start")), [
      "InvalidRequestException",
      "invalid_request",
      400,
    ]);
    assert.deepEqual(await refusal(start(wrong)), ["InvalidClientException", "invalid_client", 401]);
    assert.deepEqual(await refusal(token({ ...wrong, grantType: DEVICE_GRANT, deviceCode: "any" })), [
      "InvalidClientException",
      "invalid_client",
      401,
    ]);
    assert.deepEqual(await refusal(token({ ...registered, grantType: "password" })), [
      "UnsupportedGrantTypeException",
      "unsupported_grant_type",
      400,
    ]);
  });
});
