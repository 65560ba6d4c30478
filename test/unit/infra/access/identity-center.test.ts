import assert from "node:assert/strict";
import { IdentityCenter } from "../../../../infra/access/identity-center";
import { accessOf } from "../contract/sample";
import { inputsOf, record, settled } from "../recorded";

describe("Identity Center", () => {
  const { identity } = accessOf();

  it("is reached by a provider that is held to the identity account and its region", async () => {
    const { recording, result } = await record(() => new IdentityCenter("i", { identity }));
    assert.equal(await settled(result.instanceArn), "arn:aws:sso:::instance/ssoins-1");
    const { region, allowedAccountIds, assumeRoles } = inputsOf(recording, "pulumi:providers:aws");
    assert.equal(region, "eu-west-1");
    assert.deepEqual(JSON.parse(String(allowedAccountIds)), ["000000000001"]);
    assert.deepEqual(JSON.parse(String(assumeRoles)), [
      { roleArn: "arn:aws:iam::000000000001:role/sallyport-identity" },
    ]);
    assert.deepEqual(
      recording.invokes.map(({ token, provider }) => [token, provider]),
      [["aws:ssoadmin/getInstances:getInstances", "i"]],
    );
  });

  it("uses the ambient credentials where no role is named, still held to the account", async () => {
    const { assumeRole: _, ...ambient } = identity;
    const { recording, result } = await record(() => new IdentityCenter("i", { identity: ambient }));
    await settled(result.instanceArn);
    assert.equal(inputsOf(recording, "pulumi:providers:aws")["assumeRoles"], undefined);
  });

  it("looks people up by user name and groups by display name", async () => {
    const { recording, result } = await record(() => new IdentityCenter("i", { identity }));
    assert.equal(await settled(result.principalId({ kind: "person", name: "jane", path: "" })), "user-jane");
    assert.equal(await settled(result.principalId({ kind: "group", name: "G", path: "" })), "group-G");
    assert.deepEqual(
      recording.invokes.slice(1).map(({ inputs }) => inputs),
      [
        {
          identityStoreId: "d-1",
          alternateIdentifier: { uniqueAttribute: { attributePath: "UserName", attributeValue: "jane" } },
        },
        {
          identityStoreId: "d-1",
          alternateIdentifier: { uniqueAttribute: { attributePath: "DisplayName", attributeValue: "G" } },
        },
      ],
    );
  });
});
