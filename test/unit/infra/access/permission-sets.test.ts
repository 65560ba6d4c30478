import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { IdentityCenter } from "../../../../infra/access/identity-center";
import { PermissionSets } from "../../../../infra/access/permission-sets";
import { platformArgs, record, settled, type Recording } from "../recorded";

describe("permission sets", () => {
  let recording: Recording;

  before(async () => {
    const { access, roles } = platformArgs();
    const recorded = await record(() => {
      const identityCenter = new IdentityCenter("i", { identity: access.identity });
      const facts = { name: "app", identifier: "payments-dev-app", resourceId: "cluster-A" };
      return new PermissionSets("p", {
        estate: "payments",
        env: "dev",
        region: "eu-west-2",
        account: "111122223333",
        identityRegion: "eu-west-1",
        attributeKey: "dbuser",
        roles,
        clusters: [pulumi.output(facts)],
        identityCenter,
      });
    });
    recording = recorded.recording;
    await settled(recorded.result.done);
  });

  const of = (type: string): Recording["resources"] =>
    recording.resources.filter((each) => each.type.endsWith(`:${type}`));

  it("are one per role, with the role's session time", () => {
    assert.deepEqual(
      of("PermissionSet").map(({ inputs }) => [inputs["name"], inputs["sessionDuration"], inputs["instanceArn"]]),
      [
        ["sp-payments-dev-readonly", "PT1H", "arn:aws:sso:::instance/ssoins-1"],
        ["sp-payments-dev-developer", "PT4H", "arn:aws:sso:::instance/ssoins-1"],
        ["sp-payments-dev-admin", "PT1H", "arn:aws:sso:::instance/ssoins-1"],
      ],
    );
  });

  it("bind each role to its own database user by the cluster's resource id", () => {
    const users = of("PermissionSetInlinePolicy").map(({ inputs }) => {
      const policy = JSON.parse(String(inputs["inlinePolicy"])) as { Statement: { Sid: string; Resource: string[] }[] };
      return policy.Statement.find((statement) => statement.Sid === "ConnectAsSelf")?.Resource;
    });
    const user = "arn:aws:rds-db:eu-west-2:111122223333:dbuser:cluster-A/${aws:PrincipalTag/dbuser}";
    assert.deepEqual(users, [[user], [user], [`${user}--admin`]]);
  });

  it("are assigned to the groups and people of the file, in this account", () => {
    assert.deepEqual(
      of("AccountAssignment").map(({ inputs }) => [
        inputs["permissionSetArn"],
        inputs["principalType"],
        inputs["principalId"],
        inputs["targetId"],
      ]),
      [
        ["arn:mock:p-readonly", "GROUP", "group-Analysts", "111122223333"],
        ["arn:mock:p-developer", "GROUP", "group-Engineers", "111122223333"],
        ["arn:mock:p-admin", "USER", "user-jane@example.com", "111122223333"],
      ],
    );
  });

  it("are assigned only after their policy stands, one after the other", () => {
    const chain = [...recording.dependencies].filter(([name]) => /InlinePolicy|Assignment/.test(name));
    const has = (name: string, before: string): boolean =>
      chain.find(([key]) => key === name)?.[1].includes(before) ?? false;
    const assignment = "aws:ssoadmin/accountAssignment:AccountAssignment";
    assert.ok(has(`${assignment} p-readonly-group-Analysts`, "p-readonly"));
    assert.ok(
      has("aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy p-developer", "p-readonly-group-Analysts"),
    );
    assert.ok(has(`${assignment} p-admin-person-jane@example.com`, "p-admin"));
  });
});
