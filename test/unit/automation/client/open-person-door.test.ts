import assert from "node:assert/strict";
import { lastRole } from "../../../../automation/client/last-role";
import { findPersonDoor, openPersonDoor, type PersonDoorRequest } from "../../../../automation/client/open-person-door";
import { SallyportError } from "../../../../automation/core/errors";
import { PersonWorld } from "../../../support/person-world";
import { homeOf, SIGN_IN, signedInContext } from "../../../support/signed-in";
import { inTemporaryFolder } from "../../../support/temporary-folder";

const REQUEST: PersonDoorRequest = {
  target: undefined,
  env: undefined,
  estate: undefined,
  role: undefined,
  connectTimeoutMs: 5_000,
  allowOverride: false,
};

describe("a person's door", () => {
  let world: PersonWorld;
  beforeEach(async () => {
    world = await PersonWorld.start();
  });
  afterEach(() => world.close());

  it("is found without opening anything", () =>
    inTemporaryFolder(async (folder) => {
      const person = await findPersonDoor(REQUEST, world.context(folder), world.open);
      assert.deepEqual(
        [person.found.login, person.target.text, person.sandbox, person.home],
        ["jane@example.com", "app/app", true, homeOf(folder)],
      );
      assert.deepEqual(world.aws.inputs("StartSession"), []);
    }));

  it("opens, and remembers the role only when told that it works", () =>
    inTemporaryFolder(async (folder) => {
      const person = await openPersonDoor({ ...REQUEST, role: "admin" }, world.context(folder), world.open);
      await person.door.close();
      assert.equal(lastRole(homeOf(folder), "payments/dev"), undefined);
      person.remember();
      assert.equal(lastRole(homeOf(folder), "payments/dev"), "admin");
      assert.deepEqual(world.aws.inputs("TerminateSession"), [{ SessionId: "jane-1" }]);
    }));

  it("that was interrupted is no other failure", () =>
    inTemporaryFolder(async (folder) => {
      const interrupted = new SallyportError("INTERRUPTED", { message: "Interrupted." });
      const stop = new AbortController();
      const context = { ...world.context(folder), signal: stop.signal };
      const person = await findPersonDoor(REQUEST, context, async () => {
        stop.abort(interrupted);
        throw new Error("socket hung up");
      });
      await assert.rejects(person.open(), interrupted);
    }));

  it("of a sandbox that is gone says so", () =>
    inTemporaryFolder(async (folder) => {
      await assert.rejects(findPersonDoor(REQUEST, signedInContext(folder, SIGN_IN)), {
        code: "SANDBOX_NOT_RUNNING",
        message: "The sandbox of your sign-in does not answer at http://127.0.0.1:1.",
      });
    }));
});
