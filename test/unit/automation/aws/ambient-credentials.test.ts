import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { ambientCredentials } from "../../../../automation/aws/ambient-credentials";
import { systemClock } from "../../../../automation/core/clock";
import { readProxyRules } from "../../../../automation/network/proxy-rules";
import { connectProxy, tlsFront } from "../../../support/connect-proxy";
import { EXAMPLE_KEYS, FakeAws } from "../../../support/fake-aws";
import { makeAuthority } from "../../../support/made-certificates";
import { inTemporaryFolder } from "../../../support/temporary-folder";

/** The SDK's chain reads the process's own environment: set for one test, then put back. */
async function withEnvironment(values: Record<string, string>, body: () => Promise<void>): Promise<void> {
  const names = [
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_PROFILE",
    "AWS_EC2_METADATA_DISABLED",
    "AWS_SHARED_CREDENTIALS_FILE",
    "AWS_CONFIG_FILE",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_ROLE_ARN",
    "AWS_REGION",
  ];
  const before = names.map((name) => [name, process.env[name]] as const);
  for (const name of names) delete process.env[name];
  Object.assign(
    process.env,
    { AWS_EC2_METADATA_DISABLED: "true", AWS_SHARED_CREDENTIALS_FILE: "/dev/null", AWS_CONFIG_FILE: "/dev/null" },
    values,
  );
  try {
    await body();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

describe("ambient credentials", () => {
  it("come from the environment", async () => {
    await withEnvironment(
      {
        AWS_ACCESS_KEY_ID: EXAMPLE_KEYS.accessKeyId,
        AWS_SECRET_ACCESS_KEY: EXAMPLE_KEYS.secretAccessKey,
        AWS_SESSION_TOKEN: "t",
      },
      async () => {
        assert.deepEqual(await ambientCredentials({ region: "eu-west-2", clock: systemClock })(), {
          ...EXAMPLE_KEYS,
          sessionToken: "t",
        });
      },
    );
  });

  it("that have to be asked for (web identity) are asked for by the same proxy and authorities", async () => {
    const [aws, authority] = [await FakeAws.start(), await makeAuthority()];
    aws.on("AssumeRoleWithWebIdentity", {
      xml: `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>secret-1</SecretAccessKey><SessionToken>token-1</SessionToken><Expiration>2036-11-23T11:00:00Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
    });
    const host = "sts.eu-west-2.amazonaws.com";
    const front = await tlsFront(await authority.issue([host]), Number(new URL(aws.url).port));
    const proxy = await connectProxy({ routes: { [`${host}:443`]: front.port } });
    const refusing = await connectProxy({ instead: { answer: ["HTTP/1.1 403 Forbidden"] } });
    const through = (port: number, ca: string) =>
      ambientCredentials({
        region: "eu-west-2",
        clock: systemClock,
        network: { proxies: readProxyRules({ HTTPS_PROXY: `http://127.0.0.1:${port}` }), authorities: [ca] },
      })();
    try {
      await inTemporaryFolder(async (folder) => {
        const token = path.join(folder, "token");
        writeFileSync(token, "a.b.c");
        const env = {
          AWS_WEB_IDENTITY_TOKEN_FILE: token,
          AWS_ROLE_ARN: "arn:aws:iam::000000000000:role/ci",
          AWS_REGION: "eu-west-2",
        };
        await withEnvironment(env, async () => {
          assert.equal((await through(proxy.port, authority.ca)).accessKeyId, "ASIA1");
          assert.equal(proxy.asked[0]?.line, `CONNECT ${host}:443`);
          await assert.rejects(through(refusing.port, authority.ca), { code: "HTTP_PROXY_FAILED" });
          await assert.rejects(through(proxy.port, (await makeAuthority()).ca), {
            code: "TLS_UNTRUSTED",
            message:
              "Looking for AWS credentials: the server's certificate was not accepted: unable to verify the first certificate.",
          });
        });
      });
    } finally {
      for (const one of [refusing, proxy, front, aws]) await one.close();
    }
  });

  it("say so when there are none", async () => {
    await withEnvironment({}, async () => {
      await assert.rejects(ambientCredentials({ region: "eu-west-2", clock: systemClock })(), {
        code: "AUTH_NOT_SIGNED_IN",
      });
    });
  });
});
