import assert from "node:assert/strict";
import type { DirectoryUser, Estate } from "../../../../../../automation/sandbox/account/estate";
import { entriesOf, principalOf } from "../../../../../../automation/sandbox/api/services/portal-access";
import { fixedEstate } from "../../../../../support/estate-fixtures";

const SET = "arn:aws:sso:::permissionSet/ssoins-1/ps-dev";
const ROLE = "AWSReservedSSO_sp-payments-dev-developer_0123456789abcdef";
const ROLE_ARN = `arn:aws:iam::000000000000:role/aws-reserved/sso.amazonaws.com/eu-west-1/${ROLE}`;

/** An estate with one set, assigned to `principals`. */
function assigned(sessionDuration: string, ...principals: readonly string[]): Estate {
  const estate = fixedEstate();
  const place = { account: "000000000001", region: "eu-west-1" };
  const name = "sp-payments-dev-developer";
  estate.add({
    token: "aws:ssoadmin/permissionSet:PermissionSet",
    id: SET,
    ...place,
    props: { arn: SET, name, sessionDuration },
  });
  for (const principalId of principals)
    estate.add({
      token: "aws:ssoadmin/accountAssignment:AccountAssignment",
      id: principalId,
      ...place,
      props: { principalId, permissionSetArn: SET, targetId: "000000000000" },
    });
  estate.add({
    token: "sandbox:iam:ReservedRole",
    id: ROLE,
    account: "000000000000",
    region: "global",
    props: { name: ROLE, arn: ROLE_ARN, permissionSetArn: SET },
    hidden: { roleId: "AROAEXAMPLE0000000001" },
  });
  return estate;
}

const personOf = (estate: Estate, name = "jane@example.com"): DirectoryUser =>
  estate.directory.users.find(({ userName }) => userName === name) ?? assert.fail(name);

const { directory } = fixedEstate();
const JANE = personOf(fixedEstate()).userId;
const ENGINEERS = directory.groups.find(({ displayName }) => displayName === "Engineers")?.groupId ?? "";

describe("what a person may enter", () => {
  it("the same set by herself and by a group is one entry", () => {
    const estate = assigned("PT4H", JANE, ENGINEERS);
    assert.deepEqual(entriesOf(estate, personOf(estate)), [
      { account: "000000000000", set: "sp-payments-dev-developer", setArn: SET, sessionMs: 4 * 3_600_000 },
    ]);
    assert.deepEqual(entriesOf(estate, personOf(estate, "sam@example.com")), []);
  });

  it("ends with her membership", () => {
    const estate = assigned("PT4H", ENGINEERS);
    assert.equal(entriesOf(estate, personOf(estate)).length, 1);
    for (const group of estate.directory.groups) group.members = [];
    assert.deepEqual(entriesOf(estate, personOf(estate)), []);
  });

  it("a former holder's assignment is not the new holder's of the same user name", () => {
    const [former = assert.fail("nobody left")] = directory.former;
    const estate = assigned("PT4H", former.userId);
    assert.deepEqual(entriesOf(estate, personOf(estate, former.userName)), []);
  });

  it("a set's duration is read with hours, minutes and seconds; an hour where it has none", () => {
    const minutes = (duration: string): number | undefined => {
      const estate = assigned(duration, JANE);
      return (entriesOf(estate, personOf(estate))[0]?.sessionMs ?? NaN) / 60_000;
    };
    assert.deepEqual(["PT4H30M", "PT90M", "PT7200S", "PT1H30S", ""].map(minutes), [270, 90, 120, 60.5, 60]);
  });
});

describe("who a person is in an account", () => {
  it("role, session name and user id are those of the set's role there", () => {
    const estate = assigned("PT4H", JANE);
    const [entry = assert.fail("no entry")] = entriesOf(estate, personOf(estate));
    assert.deepEqual(principalOf(estate, personOf(estate), entry), {
      account: "000000000000",
      arn: `arn:aws:sts::000000000000:assumed-role/${ROLE}/jane@example.com`,
      roleArn: ROLE_ARN,
      userId: "AROAEXAMPLE0000000001:jane@example.com",
      sessionName: "jane@example.com",
      principalTags: { dbuser: "jane@example.com" },
      source: { kind: "permissionSet", arn: SET },
    });
  });

  it("tags are those of now: later changes of the directory do not reach them; a missing value is no tag", () => {
    const estate = assigned("PT4H", JANE);
    const jane = personOf(estate);
    const [entry = assert.fail("no entry")] = entriesOf(estate, jane);
    estate.directory.accessControlAttributes = [
      { key: "mail", source: "${path:emails[primary eq true].value}" },
      { key: "nick", source: "${path:nickName}" },
      { key: "name", source: "${path:displayName}" },
    ];
    const before = principalOf(estate, jane, entry);
    jane.email = "";
    assert.deepEqual(before.principalTags, { mail: "jane@example.com", name: "Jane Doe" });
    assert.deepEqual(principalOf(estate, jane, entry).principalTags, { name: "Jane Doe" });
  });
});
