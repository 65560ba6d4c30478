import assert from "node:assert/strict";
import type { Estate, Principal } from "../../../../../automation/sandbox/account/estate";
import { plainText } from "../../../../../automation/sandbox/account/plain-text";
import { authorize, authorizeByPolicy, denialMessage } from "../../../../../automation/sandbox/iam/authorize";
import { permissionSetPolicy } from "../../../../../infra/contract/permission-set-policy";
import { policyText } from "../../../../../infra/contract/policy-document";
import { fixedEstate, personPrincipal } from "../../../../support/estate-fixtures";

const SET = "arn:aws:sso:::permissionSet/ssoins-1/ps-1";
const PLACE = { account: "000000000000", region: "eu-west-2" };
const RESOURCE_ID = "cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const INSTANCE = "arn:aws:ec2:eu-west-2:000000000000:instance/i-0123456789abcdef0";
const DOOR = { "ssm:resourceTag/sallyport:door": "payments/dev" };

/** An estate with the very policy that the platform stack writes. */
function estateWithSet(): Estate {
  const estate = fixedEstate();
  const inlinePolicy = policyText(
    permissionSetPolicy({
      estate: "payments",
      env: "dev",
      ...PLACE,
      identityRegion: "eu-west-1",
      attributeKey: "dbuser",
      role: { name: "developer", login: "self" },
      clusters: [{ name: "app", identifier: "payments-dev-app", resourceId: RESOURCE_ID }],
      ends: { persons: [] },
    }),
  );
  estate.add({
    token: "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
    id: SET,
    account: "000000000001",
    region: "eu-west-1",
    props: { permissionSetArn: SET, inlinePolicy },
  });
  return estate;
}

describe("authorize", () => {
  const person = personPrincipal(SET);
  const calls: [string, string, string, Record<string, string>, boolean][] = [
    [
      "her own login",
      "rds-db:connect",
      `arn:aws:rds-db:eu-west-2:000000000000:dbuser:${RESOURCE_ID}/jane@example.com`,
      {},
      true,
    ],
    [
      "somebody else's login",
      "rds-db:connect",
      `arn:aws:rds-db:eu-west-2:000000000000:dbuser:${RESOURCE_ID}/sam@example.com`,
      {},
      false,
    ],
    [
      "her login under the cluster's identifier",
      "rds-db:connect",
      "arn:aws:rds-db:eu-west-2:000000000000:dbuser:payments-dev-app/jane@example.com",
      {},
      false,
    ],
    ["a session on the door's instance", "ssm:StartSession", INSTANCE, DOOR, true],
    ["a session on an instance without the tag", "ssm:StartSession", INSTANCE, {}, false],
    [
      "a session on another environment's door",
      "ssm:StartSession",
      INSTANCE,
      { "ssm:resourceTag/sallyport:door": "payments/prod" },
      false,
    ],
    [
      "the pinned document",
      "ssm:StartSession",
      "arn:aws:ssm:eu-west-2:000000000000:document/sp-payments-dev-app-writer",
      {},
      true,
    ],
    [
      "the generic document",
      "ssm:StartSession",
      "arn:aws:ssm:eu-west-2::document/AWS-StartPortForwardingSessionToRemoteHost",
      {},
      false,
    ],
    [
      "the descriptor",
      "ssm:GetParametersByPath",
      "arn:aws:ssm:eu-west-1:000000000000:parameter/sallyport/payments",
      {},
      true,
    ],
    ["another path", "ssm:GetParametersByPath", "arn:aws:ssm:eu-west-1:000000000000:parameter/other", {}, false],
    [
      "the master's secret",
      "secretsmanager:GetSecretValue",
      "arn:aws:secretsmanager:eu-west-2:000000000000:secret:rds!cluster-1",
      {},
      false,
    ],
    ["instances", "ec2:DescribeInstances", "*", {}, false],
    [
      "her own session",
      "ssm:TerminateSession",
      "arn:aws:ssm:eu-west-2:000000000000:session/jane",
      { "ssm:resourceTag/aws:ssmmessages:session-id": "AROAEXAMPLE0000000001:jane@example.com" },
      true,
    ],
    [
      "another's session",
      "ssm:TerminateSession",
      "arn:aws:ssm:eu-west-2:000000000000:session/sam",
      { "ssm:resourceTag/aws:ssmmessages:session-id": "AROAEXAMPLE0000000001:sam@example.com" },
      false,
    ],
  ];
  for (const [title, action, resource, context, allowed] of calls) {
    it(`${allowed ? "allows" : "refuses"} ${title} by the platform's own policy`, () => {
      assert.equal(
        authorize(estateWithSet(), person, { action, resource, region: PLACE.region, context }).allowed,
        allowed,
      );
    });
  }

  it("a person without the attribute's tag is nobody's login", () => {
    const resource = `arn:aws:rds-db:eu-west-2:000000000000:dbuser:${RESOURCE_ID}/`;
    assert.equal(
      authorize(
        estateWithSet(),
        { ...person, principalTags: {} },
        { action: "rds-db:connect", resource, region: PLACE.region },
      ).allowed,
      false,
    );
  });

  it("a policy that is gone binds credentials that were issued before", () => {
    const estate = estateWithSet();
    const [policy] = estate.list("aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy");
    if (policy) estate.remove(policy);
    assert.equal(
      authorize(estate, person, { action: "ssm:StartSession", resource: INSTANCE, region: PLACE.region, context: DOOR })
        .allowed,
      false,
    );
  });

  it("the administrator is evaluated, and allowed", () => {
    const administrator: Principal = { ...person, source: { kind: "administrator" } };
    assert.deepEqual(
      authorize(fixedEstate(), administrator, { action: "ec2:CreateVpc", resource: "*", region: PLACE.region }),
      { allowed: true, explicit: false },
    );
  });

  it("a session of a role that was deleted and made again is nobody's", () => {
    const estate = fixedEstate();
    const role = estate.find("aws:iam/role:Role", "sallyport-identity", "000000000001");
    const source = { kind: "role" as const, roleName: "sallyport-identity", roleId: plainText(role?.hidden.roleId) };
    const call = { action: "sso:ListInstances", resource: "*", region: "eu-west-1" };
    const mine: Principal = { ...person, account: "000000000001", source };
    assert.equal(authorize(estate, mine, call).allowed, true);
    assert.equal(authorize(estate, { ...mine, source: { ...source, roleId: "AROAOTHER" } }, call).allowed, false);
  });

  it("an endpoint's policy is judged by itself", () => {
    const policy = JSON.stringify({
      Statement: [
        {
          Effect: "Allow",
          Principal: "*",
          Action: "ssmmessages:*",
          Resource: "*",
          Condition: { ArnEquals: { "aws:PrincipalArn": person.roleArn } },
        },
      ],
    });
    const call = { action: "ssmmessages:OpenControlChannel", resource: "*", region: PLACE.region };
    assert.equal(authorizeByPolicy(fixedEstate(), person, policy, call).allowed, true);
    assert.equal(
      authorizeByPolicy(fixedEstate(), { ...person, roleArn: "arn:aws:iam::000000000000:role/other" }, policy, call)
        .allowed,
      false,
    );
  });

  it("says no in AWS's words", () => {
    const document = "arn:aws:ssm:eu-west-2::document/AWS-StartPortForwardingSessionToRemoteHost";
    assert.equal(
      denialMessage(person, "ssm:StartSession", document, { allowed: false, explicit: false }),
      `User: ${person.arn} is not authorized to perform: ssm:StartSession on resource: ${document} because no identity-based policy allows the ssm:StartSession action`,
    );
    assert.match(
      denialMessage(person, "ssm:StartSession", document, { allowed: false, explicit: true }),
      /with an explicit deny in an identity-based policy$/,
    );
  });
});
