import assert from "node:assert/strict";
import { SignIn } from "../../../../../../automation/sandbox/api/services/sign-in";
import type { DirectoryUser, Estate } from "../../../../../../automation/sandbox/account/estate";
import { makeClocks } from "../../../../../../automation/sandbox/account/clocks";
import { DEFAULT_KNOBS } from "../../../../../../automation/sandbox/account/estate";
import { makeEstate } from "../../../../../../automation/sandbox/account/seed";
import { seededBytes } from "../../../../../support/estate-fixtures";

/** A sign-in over an estate whose clock a test moves. */
function world(): {
  signIn: SignIn;
  estate: Estate;
  jane: DirectoryUser;
  pass: (ms: number) => void;
  client: readonly [string, string];
} {
  let now = 1_000_000_000;
  const knobs = { ...DEFAULT_KNOBS };
  const estate = makeEstate({
    clocks: makeClocks(
      knobs,
      () => now,
      () => 0,
    ),
    knobs,
    randomBytes: seededBytes(),
    startUrl: "https://x.awsapps.com/start",
  });
  const signIn = new SignIn(estate);
  const { clientId, clientSecret } = signIn.register();
  const jane = estate.directory.users.find(({ userName }) => userName === "jane@example.com") ?? assert.fail("no jane");
  return { signIn, estate, jane, pass: (ms) => void (now += ms), client: [clientId, clientSecret] };
}

describe("the sign-in's memory", () => {
  it("waits for a person, then gives one token for a code", () => {
    const { signIn, jane, pass, client } = world();
    const device = signIn.startDevice(...client) ?? assert.fail("no device");
    assert.deepEqual(signIn.tokenOfDevice(...client, device.deviceCode), { error: "authorization_pending" });
    assert.deepEqual(signIn.tokenOfDevice(...client, device.deviceCode), { error: "slow_down" });
    pass(5000);
    assert.deepEqual(signIn.tokenOfDevice(...client, device.deviceCode), { error: "authorization_pending" });
    assert.equal(signIn.approve(device.userCode, jane), "approved");
    const granted = signIn.tokenOfDevice(...client, device.deviceCode);
    assert.ok("accessToken" in granted);
    assert.equal(signIn.personOf(granted.accessToken), jane);
    assert.deepEqual(signIn.tokenOfDevice(...client, device.deviceCode), { error: "invalid_grant" });
  });

  it("codes end after ten minutes, tokens after eight hours", () => {
    const { signIn, jane, pass, client } = world();
    const late = signIn.startDevice(...client) ?? assert.fail("no device");
    pass(600_000);
    assert.deepEqual(signIn.tokenOfDevice(...client, late.deviceCode), { error: "expired_token" });
    assert.equal(signIn.approve(late.userCode, jane), "unknown code");
    const device = signIn.startDevice(...client) ?? assert.fail("no device");
    signIn.approve(device.userCode, jane);
    const granted = signIn.tokenOfDevice(...client, device.deviceCode);
    assert.ok("accessToken" in granted);
    pass(granted.expiresIn * 1000 - 1);
    assert.equal(signIn.personOf(granted.accessToken), jane);
    pass(1);
    assert.equal(signIn.personOf(granted.accessToken), undefined);
  });

  it("a refresh token is spent when it is used, and only by the client that has it", () => {
    const { signIn, jane, client } = world();
    const device = signIn.startDevice(...client) ?? assert.fail("no device");
    signIn.approve(device.userCode, jane);
    const granted = signIn.tokenOfDevice(...client, device.deviceCode);
    assert.ok("refreshToken" in granted);
    const other = signIn.register();
    assert.deepEqual(signIn.tokenOfRefresh(other.clientId, other.clientSecret, granted.refreshToken), {
      error: "invalid_grant",
    });
    assert.ok("accessToken" in signIn.tokenOfRefresh(...client, granted.refreshToken));
    assert.deepEqual(signIn.tokenOfRefresh(...client, granted.refreshToken), { error: "invalid_grant" });
  });

  it("a wrong client secret, a person who left and a session that was ended get nothing", () => {
    const { signIn, estate, jane, client } = world();
    assert.equal(signIn.startDevice(client[0], "wrong"), undefined);
    const device = signIn.startDevice(...client) ?? assert.fail("no device");
    assert.deepEqual(signIn.tokenOfDevice(client[0], "wrong", device.deviceCode), { error: "invalid_client" });
    signIn.approve(device.userCode, jane);
    const granted = signIn.tokenOfDevice(...client, device.deviceCode);
    assert.ok("accessToken" in granted);
    estate.directory.users = estate.directory.users.filter((user) => user !== jane);
    assert.equal(signIn.personOf(granted.accessToken), undefined);
    estate.directory.users.push(jane);
    signIn.end(granted.accessToken);
    assert.equal(signIn.personOf(granted.accessToken), undefined);
  });

  it("signing out ends the refresh token with the access token", () => {
    const { signIn, jane, client } = world();
    const device = signIn.startDevice(...client) ?? assert.fail("no device");
    signIn.approve(device.userCode, jane);
    const granted = signIn.tokenOfDevice(...client, device.deviceCode);
    assert.ok("refreshToken" in granted);
    const renewed = signIn.tokenOfRefresh(...client, granted.refreshToken);
    assert.ok("refreshToken" in renewed);
    signIn.end(renewed.accessToken);
    assert.equal(signIn.personOf(granted.accessToken), undefined);
    assert.deepEqual(signIn.tokenOfRefresh(...client, renewed.refreshToken), { error: "invalid_grant" });
  });

  it("signing out on one device leaves the other signed in", () => {
    const { signIn, jane, client } = world();
    const [one = "", two = ""] = [1, 2].map(() => {
      const device = signIn.startDevice(...client) ?? assert.fail("no device");
      signIn.approve(device.userCode, jane);
      const granted = signIn.tokenOfDevice(...client, device.deviceCode);
      return "accessToken" in granted ? granted.accessToken : assert.fail(granted.error);
    });
    signIn.end(one);
    assert.deepEqual([signIn.personOf(one), signIn.personOf(two)], [undefined, jane]);
  });

  it("a code that somebody approved cannot become somebody else's", () => {
    const { signIn, estate, jane, client } = world();
    const sam = estate.directory.users.find(({ userName }) => userName === "sam@example.com") ?? assert.fail("no sam");
    const device = signIn.startDevice(...client) ?? assert.fail("no device");
    assert.equal(signIn.approve(device.userCode, jane), "approved");
    assert.equal(signIn.approve(device.userCode, sam), "unknown code");
    const granted = signIn.tokenOfDevice(...client, device.deviceCode);
    assert.ok("accessToken" in granted);
    assert.equal(signIn.personOf(granted.accessToken), jane);
  });
});
