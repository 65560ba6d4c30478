import assert from "node:assert/strict";
import { makeSsoOidc } from "../../../../../../automation/aws/sso-oidc";
import { makeSsoPortal, type SsoPortal } from "../../../../../../automation/aws/sso-portal";
import { makeSts } from "../../../../../../automation/aws/sts";
import { systemClock } from "../../../../../../automation/core/clock";
import { apiWorld, type ApiWorld } from "../api-world";

const SET = "arn:aws:sso:::permissionSet/ssoins-1/ps-dev";

/** Assigns a set to a person or group of the directory, with its role in the account. */
function assign(world: ApiWorld, setArn: string, name: string, principal: string, role = true): void {
  world.add("aws:ssoadmin/permissionSet:PermissionSet", setArn, { arn: setArn, name, sessionDuration: "PT4H" });
  world.add("aws:ssoadmin/accountAssignment:AccountAssignment", `${principal},${setArn}`, {
    targetId: "000000000000",
    permissionSetArn: setArn,
    principalId: principal,
  });
  const arn = `arn:aws:iam::000000000000:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_${name}_0123456789abcdef`;
  if (role)
    world.add(
      "sandbox:iam:ReservedRole",
      `AWSReservedSSO_${name}_0123456789abcdef`,
      { name: `AWSReservedSSO_${name}_0123456789abcdef`, arn, permissionSetArn: setArn },
      { roleId: "AROAEXAMPLE0000000001" },
    );
}

/** Signs a person in by the device flow, through our own client. */
async function signIn(world: ApiWorld, person: string): Promise<SsoPortal> {
  const options = { region: "eu-west-1", endpoint: world.endpoint, clock: systemClock };
  const oidc = makeSsoOidc(options);
  const client = await oidc.register("test");
  const device = await oidc.startDevice(client, world.estate.directory.startUrl);
  const user = world.estate.directory.users.find(({ userName }) => userName === person) ?? assert.fail(person);
  assert.equal((await oidc.token(client, device.deviceCode)).state, "pending");
  assert.equal(world.signIn.approve(device.userCode, user), "approved");
  const token = await oidc.token(client, device.deviceCode);
  assert.ok(token.state === "granted");
  return makeSsoPortal({ ...options, accessToken: token.accessToken });
}

describe("sign-in and access portal over the wire", () => {
  let world: ApiWorld;
  const idOf = (name: string): string =>
    world.estate.directory.users.find(({ userName }) => userName === name)?.userId ?? "";
  beforeEach(async () => {
    world = await apiWorld();
  });
  afterEach(() => world.close());

  it("a person sees her own sets and those of her groups, and nobody else's", async () => {
    assign(world, SET, "sp-payments-dev-admin", idOf("jane@example.com"));
    const engineers =
      world.estate.directory.groups.find(({ displayName }) => displayName === "Engineers")?.groupId ?? "";
    assign(world, `${SET}2`, "sp-payments-dev-developer", engineers);
    assign(world, `${SET}3`, "sp-payments-dev-readonly", idOf("sam@example.com"));
    const portal = await signIn(world, "jane@example.com");
    assert.deepEqual(await portal.accounts(), ["000000000000"]);
    assert.deepEqual((await portal.roles("000000000000")).sort(), [
      "sp-payments-dev-admin",
      "sp-payments-dev-developer",
    ]);
    assert.deepEqual(await portal.roles("111122223333"), []);
  });

  it("role credentials are hers: session name, tag of her attribute, the set's duration", async () => {
    assign(world, SET, "sp-payments-dev-developer", idOf("jane@example.com"));
    const credentials = await (
      await signIn(world, "jane@example.com")
    ).roleCredentials("000000000000", "sp-payments-dev-developer");
    const key = world.estate.keys.get(credentials.accessKeyId) ?? assert.fail("no key");
    assert.deepEqual(
      [key.principal.sessionName, key.principal.principalTags, key.principal.source],
      ["jane@example.com", { dbuser: "jane@example.com" }, { kind: "permissionSet", arn: SET }],
    );
    assert.equal(key.expiresAt - world.estate.clocks.wall(), 4 * 3_600_000);
    const caller = await makeSts({
      region: "eu-west-2",
      endpoint: world.endpoint,
      credentials,
      clock: systemClock,
    }).getCallerIdentity();
    assert.equal(
      caller.arn,
      "arn:aws:sts::000000000000:assumed-role/AWSReservedSSO_sp-payments-dev-developer_0123456789abcdef/jane@example.com",
    );
  });

  it("a set that is not assigned: 403 ForbiddenException, the same whether it exists or not", async () => {
    assign(world, SET, "sp-payments-dev-readonly", idOf("sam@example.com"));
    const portal = await signIn(world, "jane@example.com");
    for (const role of ["sp-payments-dev-readonly", "sp-payments-dev-nothing"]) {
      await assert.rejects(portal.roleCredentials("000000000000", role), (error: Error & { code?: string }) => {
        assert.equal(error.code, "AUTH_FORBIDDEN");
        assert.equal((error.cause as Error).name, "ForbiddenException");
        return true;
      });
    }
  });

  it("a set that is assigned but not provisioned yet is not shown", async () => {
    assign(world, SET, "sp-payments-dev-developer", idOf("jane@example.com"), false);
    assert.deepEqual(await (await signIn(world, "jane@example.com")).accounts(), []);
  });

  it("a token that is unknown or was ended opens nothing", async () => {
    const portal = await signIn(world, "jane@example.com");
    await portal.logout();
    await assert.rejects(portal.accounts(), { code: "AUTH_SIGN_IN_EXPIRED" });
  });
});
