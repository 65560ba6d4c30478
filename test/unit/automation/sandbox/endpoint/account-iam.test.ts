import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { Signer } from "@aws-sdk/rds-signer";
import {
  DEFAULT_KNOBS,
  Estate,
  WORKLOAD_ACCOUNT,
  WORKLOAD_REGION,
  type IssuedKey,
} from "../../../../../automation/sandbox/account/estate";
import { accountIam } from "../../../../../automation/sandbox/endpoint/account-iam";
import { judgeToken, type IamCluster } from "../../../../../automation/sandbox/endpoint/iam-login";
import { issueKeys } from "../../../../../automation/sandbox/iam/issue-keys";
import { principal, READER, WRITER } from "../../../../support/test-cluster";

const CLUSTER: IamCluster = {
  account: WORKLOAD_ACCOUNT,
  region: WORKLOAD_REGION,
  resourceId: "cluster-ABC",
  names: [WRITER, READER],
  port: 5432,
};
const SET = "arn:aws:sso:::permissionSet/ssoins-1/ps-1";

describe("a token of the AWS SDK, judged with the account's keys and policies", () => {
  let estate: Estate;
  let key: IssuedKey;
  let wall: number;

  beforeEach(() => {
    wall = Date.now();
    const clocks = { wall: () => wall, work: () => 0, realDelay: () => 0 };
    const directory = {
      instanceArn: "",
      identityStoreId: "",
      startUrl: "",
      users: [],
      groups: [],
      former: [],
      accessControlAttributes: [],
    };
    estate = new Estate(clocks, { ...DEFAULT_KNOBS }, directory, randomBytes);
    const resource = `arn:aws:rds-db:eu-west-2:${WORKLOAD_ACCOUNT}:dbuser:cluster-ABC/\${aws:PrincipalTag/dbuser}`;
    const statement = { Effect: "Allow", Action: "rds-db:connect", Resource: resource };
    estate.add({
      token: "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
      id: SET,
      account: "000000000001",
      region: "eu-west-1",
      props: { permissionSetArn: SET, inlinePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) },
    });
    const jane = {
      ...principal("jane"),
      principalTags: { dbuser: "jane" },
      source: { kind: "permissionSet", arn: SET },
    } as const;
    key = issueKeys(estate, jane, 3_600_000);
  });

  const judge = async (username: string, hostname = WRITER, user = username): Promise<string | undefined> => {
    const { accessKeyId, secretAccessKey, sessionToken } = key;
    const credentials = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
    const signer = new Signer({ hostname, port: 5432, region: WORKLOAD_REGION, username, credentials });
    return judgeToken(await signer.getAuthToken(), user, CLUSTER, accountIam(estate));
  };

  it("is accepted for the tagged user, for writer and reader", async () => {
    assert.equal(await judge("jane"), undefined);
    assert.equal(await judge("jane", READER), undefined);
  });

  it("is refused for another user by policy, and by signature for a user it was not made for", async () => {
    const ann = "arn:aws:rds-db:eu-west-2:000000000000:dbuser:cluster-ABC/ann";
    const refused = `NotAuthorized: ${key.principal.arn} is not authorized to perform rds-db:connect on ${ann}`;
    assert.equal(await judge("ann"), refused);
    assert.equal(await judge("jane", WRITER, "ann"), "InvalidToken: the token is for user jane");
  });

  it("is refused when the policy was taken away after the keys were issued, and when it is sixteen minutes old", async () => {
    wall += 16 * 60_000;
    assert.equal(await judge("jane"), "InvalidToken: the token is expired");
    wall -= 16 * 60_000;
    estate.objects.splice(0);
    assert.match((await judge("jane")) ?? "", /^NotAuthorized: /);
  });
});
