import assert from "node:assert/strict";
import { deviceSignIn } from "../../../../automation/auth/device-flow";
import type { SsoOidc, TokenAnswer } from "../../../../automation/aws/sso-oidc";
import { SallyportError } from "../../../../automation/core/errors";
import { FakeClock } from "../../../support/fake-clock";

const AUTHORIZATION = {
  deviceCode: "dc",
  userCode: "ABCD-EFGH",
  verificationUri: "u",
  verificationUriComplete: "uc",
  intervalMs: 1000,
  expiresInMs: 600_000,
};
const GRANTED: TokenAnswer = { state: "granted", accessToken: "at", expiresInMs: 28_800_000 };

function oidc(answers: TokenAnswer[], at: number[], clock: FakeClock): SsoOidc {
  return {
    register: async () => ({ clientId: "c", clientSecret: "s" }),
    startDevice: async () => AUTHORIZATION,
    token: async () => {
      at.push(clock.now());
      return answers.shift() ?? { state: "pending" };
    },
  };
}

/** Lets the flow run while time passes. */
async function played(
  answers: TokenAnswer[],
  ms: number,
): Promise<{ result: Promise<{ accessToken: string; expiresAt: number }>; at: number[]; codes: string[] }> {
  const clock = new FakeClock(1000);
  const [at, codes]: [number[], string[]] = [[], []];
  const result = deviceSignIn({
    oidc: oidc(answers, at, clock),
    startUrl: "https://s",
    clock,
    onCode: async (code) => void codes.push(code.userCode),
  });
  result.catch(() => undefined);
  await new Promise((resolve) => setImmediate(resolve));
  await clock.advance(ms);
  return { result, at, codes };
}

describe("device flow", () => {
  it("shows the code once and asks until it is granted", async () => {
    const { result, at, codes } = await played([{ state: "pending" }, { state: "pending" }, GRANTED], 10_000);
    assert.deepEqual(await result, { accessToken: "at", expiresAt: 3000 + 28_800_000 });
    assert.deepEqual(at, [1000, 2000, 3000]);
    assert.deepEqual(codes, ["ABCD-EFGH"]);
  });

  it("slows down for good when told to", async () => {
    const { result, at } = await played([{ state: "slowDown" }, { state: "pending" }, GRANTED], 60_000);
    await result;
    assert.deepEqual(at, [1000, 7000, 13_000]);
  });

  it("ends when it is denied, expired, or not approved in time", async () => {
    await assert.rejects((await played([{ state: "denied" }], 0)).result, {
      code: "AUTH_DEVICE_REFUSED",
      message: "The sign-in with code ABCD-EFGH was refused.",
    });
    await assert.rejects((await played([{ state: "expired" }], 0)).result, {
      code: "AUTH_DEVICE_REFUSED",
      message: /not approved within 10 min/,
    });
    const { result, at } = await played([], 700_000);
    await assert.rejects(result, { code: "AUTH_DEVICE_REFUSED" });
    assert.ok((at.at(-1) ?? 0) < 601_000);
  });

  it("ends with the reason of an interruption while it waits", async () => {
    const reason = new SallyportError("INTERRUPTED", { message: "Interrupted." });
    const controller = new AbortController();
    const clock = new FakeClock();
    const result = deviceSignIn({
      oidc: oidc([], [], clock),
      startUrl: "s",
      clock,
      signal: controller.signal,
      onCode: async () => undefined,
    });
    result.catch(() => undefined);
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort(reason);
    await assert.rejects(result, reason);
  });
});
