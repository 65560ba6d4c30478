import assert from "node:assert/strict";
import fc from "fast-check";
import { secretIn } from "../../../../policies/bastion/secret-text";

const PASSWORD = "a password or token";
const CASES: readonly (readonly [text: string, found: string | undefined])[] = [
  ["export PGPASSWORD=hunter2", PASSWORD],
  ["PGPASSWORD='hunter2' psql", PASSWORD],
  ["db_password: hunter2", PASSWORD],
  ['{"password":"hunter2"}', PASSWORD],
  ["MYSQL_PASSWD = hunter2", PASSWORD],
  ["API_KEY=abc", PASSWORD],
  ["aws_secret_access_key=abc", PASSWORD],
  ["tool --password hunter2", PASSWORD],
  ["tool --token=abc", PASSWORD],
  ["psql postgres://me:hunter2@db/orders", "a password in an address"],
  ["AKIAABCDEFGHIJKLMNOP", "an access key id"],
  ["-----BEGIN RSA PRIVATE KEY-----", "a private key"],
  ["-----BEGIN PRIVATE KEY-----", "a private key"],
  ["PGPASSWORD=$(aws secretsmanager get-secret-value)", undefined],
  ['PGPASSWORD="${WORD}"', undefined],
  ["PGPASSWORD=`fetch`", undefined],
  ["tool --password $WORD", undefined],
  ["psql postgres://me:$WORD@db/orders", undefined],
  ["psql postgres://me@db:5432/orders", undefined],
  ["PasswordAuthentication no", undefined],
  ["httpTokens: required", undefined],
  ["-----BEGIN PUBLIC KEY-----", undefined],
  ["-----BEGIN CERTIFICATE-----", undefined],
  ["dnf -y update", undefined],
  ["", undefined],
];

describe("secretIn", () => {
  for (const [text, found] of CASES)
    it(`${JSON.stringify(text)} holds ${found ?? "no secret"}`, () => assert.equal(secretIn(text), found));

  it("finds a password in any script around it, and says nothing of it", () => {
    fc.assert(
      fc.property(fc.string(), fc.stringMatching(/^[a-z0-9]{6,12}$/), fc.string(), (before, word, after) => {
        const found = secretIn(`${before}\nPGPASSWORD=${word}x\n${after}`);
        assert.ok(found !== undefined && !found.includes(`${word}x`));
      }),
    );
  });
});
