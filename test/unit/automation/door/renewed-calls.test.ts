import assert from "node:assert/strict";
import { SallyportError } from "../../../../automation/core/errors";
import { renewedCalls } from "../../../../automation/door/renewed-calls";
import { doorCalls } from "../../../support/door-calls";

const KEYS = { accessKeyId: "ASIA", secretAccessKey: "secret-key" };

/** A refusal as the clients give it: ours, caused by AWS's of that name. */
function refusal(name: string): SallyportError {
  const cause = Object.assign(new Error("The security token included in the request is expired"), { name });
  return new SallyportError("AUTH_SIGN_IN_EXPIRED", { message: "ssm:StartSession: the sign-in has ended.", cause });
}

/** Clients whose first generations refuse every call; what happened, in order. */
function bench(name: string, refusing = 1) {
  const said: string[] = [];
  let made = 0;
  const credentials = Object.assign(async () => KEYS, { drop: () => said.push("drop") });
  const calls = renewedCalls(() => {
    const generation = ++made;
    const sound = doorCalls();
    const answer = <T extends unknown[], R>(method: string, act: (...input: T) => Promise<R>) => {
      return async (...input: T): Promise<R> => {
        said.push(`${generation} ${[method, ...input.map((one) => JSON.stringify(one))].join(" ")}`);
        if (generation <= refusing) throw refusal(name);
        return act(...input);
      };
    };
    const { rds, ssm } = sound;
    return {
      rds: { clustersByResourceId: answer("clustersByResourceId", rds.clustersByResourceId) },
      ssm: {
        describeDocument: answer("describeDocument", ssm.describeDocument),
        nodesByTag: answer("nodesByTag", ssm.nodesByTag),
        isConnected: answer("isConnected", ssm.isConnected),
        startSession: answer("startSession", ssm.startSession),
        resumeSession: answer("resumeSession", ssm.resumeSession),
        terminateSession: answer("terminateSession", ssm.terminateSession),
      },
    };
  }, credentials);
  return { said, calls };
}

describe("a door's calls whose credentials end before their time", () => {
  const CALLS: Record<string, (calls: ReturnType<typeof bench>["calls"]) => Promise<unknown>> = {
    'clustersByResourceId "cluster-ABC"': ({ rds }) => rds.clustersByResourceId("cluster-ABC"),
    'describeDocument "doc"': ({ ssm }) => ssm.describeDocument("doc"),
    'nodesByTag "key" "value"': ({ ssm }) => ssm.nodesByTag("key", "value"),
    'isConnected "i-1"': ({ ssm }) => ssm.isConnected("i-1"),
    'startSession {"target":"i-1","documentName":"doc"}': ({ ssm }) =>
      ssm.startSession({ target: "i-1", documentName: "doc" }),
    'resumeSession "jane-1"': ({ ssm }) => ssm.resumeSession("jane-1"),
    'terminateSession "jane-1"': ({ ssm }) => ssm.terminateSession("jane-1"),
  };
  for (const [words, act] of Object.entries(CALLS)) {
    it(`${words} is made again with new ones`, async () => {
      const { said, calls } = bench("ExpiredTokenException");
      await act(calls);
      assert.deepEqual(said, [`1 ${words}`, "drop", `2 ${words}`]);
    });
  }

  it("calls under way together share one renewal; what comes later needs none", async () => {
    const { said, calls } = bench("ExpiredToken");
    await Promise.all([calls.ssm.isConnected("i-1"), calls.ssm.isConnected("i-2")]);
    await calls.ssm.isConnected("i-3");
    assert.deepEqual(said, [
      '1 isConnected "i-1"',
      '1 isConnected "i-2"',
      "drop",
      '2 isConnected "i-1"',
      '2 isConnected "i-2"',
      '2 isConnected "i-3"',
    ]);
  });

  it("new ones that are refused too are the end of that call", async () => {
    const { said, calls } = bench("ExpiredToken", 2);
    await assert.rejects(calls.ssm.isConnected("i-1"), { code: "AUTH_SIGN_IN_EXPIRED" });
    assert.deepEqual(said, ['1 isConnected "i-1"', "drop", '2 isConnected "i-1"']);
  });

  it("a sign-in that has ended is not asked about again", async () => {
    const { said, calls } = bench("UnauthorizedException");
    await assert.rejects(calls.ssm.isConnected("i-1"), { code: "AUTH_SIGN_IN_EXPIRED" });
    assert.deepEqual(said, ['1 isConnected "i-1"']);
  });

  it("keys that cannot be fetched anew are not tried twice", async () => {
    const isConnected = () => Promise.reject(refusal("ExpiredToken"));
    let made = 0;
    const make = () => {
      made++;
      return doorCalls({ ssm: { isConnected } });
    };
    for (const credentials of [undefined, KEYS, async () => KEYS])
      await assert.rejects(renewedCalls(make, credentials).ssm.isConnected("i-1"), { code: "AUTH_SIGN_IN_EXPIRED" });
    assert.equal(made, 3);
  });
});
