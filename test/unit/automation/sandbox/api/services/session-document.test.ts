import assert from "node:assert/strict";
import type { Call } from "../../../../../../automation/sandbox/api/operation";
import { documentArn, portTarget } from "../../../../../../automation/sandbox/api/services/session-document";
import { runnerKey } from "../../../../../../automation/sandbox/account/seed";
import { fixedEstate } from "../../../../../support/estate-fixtures";

const PLACE = { account: "000000000000", region: "eu-west-2" };
const REMOTE = "AWS-StartPortForwardingSessionToRemoteHost";

describe("documentArn", () => {
  it("has no account for AWS's own documents, and the caller's for the rest", () => {
    assert.equal(documentArn(PLACE, REMOTE), `arn:aws:ssm:eu-west-2::document/${REMOTE}`);
    assert.equal(documentArn(PLACE, "sp-a"), "arn:aws:ssm:eu-west-2:000000000000:document/sp-a");
  });
});

describe("portTarget", () => {
  /** A call in an estate that has one document `d` with this content. */
  function callWith(content: object, documentType = "Session"): Call {
    const estate = fixedEstate();
    const props = { documentType, content: JSON.stringify(content) };
    estate.add({ token: "aws:ssm/document:Document", id: "d", ...PLACE, props });
    return { estate, principal: runnerKey(estate).principal, ...PLACE, input: {} };
  }
  const port = (parameters: object, properties: object): Call =>
    callWith({ sessionType: "Port", parameters, properties });

  it("leads where AWS's document for remote hosts is told to", () =>
    assert.deepEqual(
      portTarget(callWith({}), REMOTE, { host: ["db.internal"], portNumber: ["5432"], localPortNumber: ["15432"] }),
      { host: "db.internal", portNumber: "5432", localPortNumber: "15432" },
    ));

  it("leads to the machine itself where the document names no host", () =>
    assert.deepEqual(portTarget(callWith({}), "AWS-StartPortForwardingSession", {}), {
      host: "localhost",
      portNumber: "80",
      localPortNumber: "0",
    }));

  it("refuses a parameter that a document of fixed properties does not have: nobody moves the door", () => {
    const fixed = port({}, { host: "db.internal", portNumber: "5432" });
    assert.deepEqual(portTarget(fixed, "d", {}), { host: "db.internal", portNumber: "5432", localPortNumber: "0" });
    for (const name of ["host", "portNumber", "toString"])
      assert.throws(() => portTarget(fixed, "d", { [name]: ["x"] }), { code: "InvalidParameters" });
  });

  it("puts values in as they are, `$` and braces too", () => {
    const open = port({ host: { type: "String" } }, { host: "a.{{ host }}.{{host}}", portNumber: "1" });
    assert.equal(portTarget(open, "d", { host: ["$&{{ host }}"] }).host, "a.$&{{ host }}.$&{{ host }}");
  });

  it("takes a default, and refuses what is missing or does not match", () => {
    const document = port(
      { p: { type: "String", default: "5432", allowedPattern: "^[0-9]+$" }, host: { type: "String" } },
      { host: "{{ host }}", portNumber: "{{ p }}" },
    );
    assert.equal(portTarget(document, "d", { host: ["h"] }).portNumber, "5432");
    assert.throws(() => portTarget(document, "d", {}), {
      code: "InvalidParameters",
      message: "The parameter host is required by the document.",
    });
    assert.throws(() => portTarget(document, "d", { host: ["h"], p: ["5432; x"] }), { code: "InvalidParameters" });
  });

  it("refuses what is no port session, no session document, or not there", () => {
    const refused = { code: "InvalidDocument" };
    assert.throws(() => portTarget(callWith({}), "SSM-SessionManagerRunShell", {}), refused);
    assert.throws(() => portTarget(callWith({ sessionType: "Port" }, "Command"), "d", {}), refused);
    for (const name of ["missing", "constructor"]) assert.throws(() => portTarget(callWith({}), name, {}), refused);
  });
});
