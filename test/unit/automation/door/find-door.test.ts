import assert from "node:assert/strict";
import { Redactor } from "../../../../automation/core/redactor";
import { findDoor, type FindRequest } from "../../../../automation/door/find-door";
import { DESCRIPTOR } from "../../../support/door-descriptor";
import { FakeClock } from "../../../support/fake-clock";

interface Played {
  readonly sets?: readonly string[];
  readonly account?: string;
  readonly identityAccount?: string;
  readonly parameters?: readonly { name: string; value: string }[];
  readonly asked?: string[];
}

function request(played: Played, more: Partial<FindRequest> = {}): FindRequest {
  const account = played.account ?? "000000000000";
  const note = (what: string): void => void played.asked?.push(what);
  return {
    portal: {
      accounts: async () => [account],
      roles: async () => [...(played.sets ?? ["sp-payments-dev-admin", "sp-payments-dev-developer"])],
      roleCredentials: async (_account, set) => {
        note(`credentials ${set}`);
        return { accessKeyId: set, secretAccessKey: "secret-key", sessionToken: "session-token" };
      },
    },
    ssm: (region, credentials) => ({
      parametersByPath: async (path) => {
        note(`descriptor ${path} in ${region} as ${(await credentials()).accessKeyId}`);
        return [...(played.parameters ?? [{ name: "/sallyport/payments/dev", value: JSON.stringify(DESCRIPTOR) }])];
      },
    }),
    sts: (region, credentials) => ({
      getCallerIdentity: async () => {
        note(`identity in ${region} as ${(await credentials()).accessKeyId}`);
        return { account: played.identityAccount ?? account, arn: "arn", userId: "id", userName: "jane@example.com" };
      },
    }),
    identityRegion: "eu-west-1",
    sandbox: true,
    clock: new FakeClock(),
    redactor: new Redactor(),
    ...more,
  };
}

describe("finding a door", () => {
  it("goes from the portal over the descriptor to the role's credentials", async () => {
    const asked: string[] = [];
    const { credentials, descriptor, ...found } = await findDoor(request({ asked }));
    assert.deepEqual(found, {
      account: "000000000000",
      role: "developer",
      set: "sp-payments-dev-developer",
      person: "jane@example.com",
      login: "jane@example.com",
    });
    assert.deepEqual(descriptor, DESCRIPTOR);
    assert.equal((await credentials()).accessKeyId, "sp-payments-dev-developer");
    assert.deepEqual(asked, [
      "credentials sp-payments-dev-admin",
      "descriptor /sallyport/payments in eu-west-1 as sp-payments-dev-admin",
      "credentials sp-payments-dev-developer",
      "identity in eu-west-2 as sp-payments-dev-developer",
    ]);
  });

  it("uses the asked role from the start, and its separate login", async () => {
    const asked: string[] = [];
    const found = await findDoor(request({ asked }, { role: "admin" }));
    assert.equal(found.login, "jane@example.com--admin");
    assert.deepEqual(
      asked.filter((what) => what.startsWith("credentials")),
      ["credentials sp-payments-dev-admin"],
    );
  });

  it("remembers the last role of the environment", async () => {
    const sets = ["sp-payments-dev-developer", "sp-payments-dev-readonly"];
    const found = await findDoor(
      request({ sets }, { lastRole: (environment) => (environment === "payments/dev" ? "readonly" : undefined) }),
    );
    assert.equal(found.role, "readonly");
  });

  it("is no access without a set of ours, and refuses a sandbox sign-in in a real account", async () => {
    await assert.rejects(findDoor(request({ sets: ["AdministratorAccess"] })), { code: "AUTH_NO_ACCESS", exitCode: 5 });
    await assert.rejects(findDoor(request({ account: "111122223333" })), { code: "ENDPOINT_OVERRIDE_REFUSED" });
    await assert.rejects(findDoor(request({}, { sandbox: false })), { code: "ENDPOINT_OVERRIDE_REFUSED" });
  });

  it("tells a missing descriptor, an invalid one and one of somewhere else apart", async () => {
    const stored = (value: unknown): Played => ({
      parameters: [{ name: "/sallyport/payments/dev", value: JSON.stringify(value) }],
    });
    await assert.rejects(findDoor(request({ parameters: [{ name: "/sallyport/payments/prod", value: "{}" }] })), {
      code: "DOOR_NOT_FOUND",
      next: "sallyport up --env dev",
    });
    await assert.rejects(findDoor(request(stored({ ...DESCRIPTOR, endpoint: "evil.example" }))), {
      code: "DOOR_DESCRIPTOR_INVALID",
      message: /endpoint/,
    });
    await assert.rejects(findDoor(request(stored({ ...DESCRIPTOR, account: "000000000001" }))), {
      code: "DOOR_MISMATCH",
      exitCode: 6,
    });
  });

  it("refuses credentials of another account than the portal said", async () => {
    await assert.rejects(findDoor(request({ identityAccount: "000000000001" })), {
      code: "DOOR_MISMATCH",
      message: "The credentials are of account 000000000001, not of 000000000000 as the portal said.",
    });
  });
});
