import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { Statement } from "../../../../policies/documents/iam-document";
import {
  documentName,
  mayNameDocument,
  sessionTargetProblem,
} from "../../../../policies/identity-center/session-target";

const statement = (conditions: Statement["conditions"]): Statement => ({
  place: "Statement[0]",
  allows: true,
  actions: { inverted: false, patterns: ["ssm:StartSession"] },
  resources: { inverted: false, patterns: [] },
  conditions,
  principals: [],
});
const CHECKED = { operator: "bool", key: "ssm:sessiondocumentaccesscheck", values: ["true"] };
const TAGGED = { operator: "stringequals", key: "ssm:resourcetag/role", values: ["bastion"] };

describe("sessionTargetProblem", () => {
  it("asks for tag and check on instances, not on documents", () => {
    const instances = "arn:aws:ec2:eu-west-2:111122223333:instance/*";
    assert.equal(sessionTargetProblem(instances, statement([CHECKED, TAGGED])), undefined);
    assert.match(sessionTargetProblem(instances, statement([CHECKED])) ?? "", /tag/);
    assert.match(sessionTargetProblem(instances, statement([TAGGED])) ?? "", /SessionDocumentAccessCheck/);
    assert.equal(sessionTargetProblem("arn:aws:ssm:eu-west-2:111122223333:document/own", statement([])), undefined);
  });

  it("no wildcard in any place of a document passes", () => {
    const own = "arn:aws:ssm:eu-west-2:111122223333:document/own";
    fc.assert(
      fc.property(fc.nat(own.length - 1), fc.constantFrom("*", "?", "${aws:x}"), (at, wild) => {
        const resource = own.slice(0, at) + wild + own.slice(at + 1);
        assert.notEqual(sessionTargetProblem(resource, statement([])), undefined, resource);
      }),
    );
  });
});

describe("documentName", () => {
  it("is the name of the one document of an account", () => {
    assert.equal(documentName("arn:aws:ssm:eu-west-2:111122223333:document/orders-writer"), "orders-writer");
    for (const resource of ["*", "arn:aws:ssm:eu-west-2:111122223333:document/*", "arn:aws:ssm:eu-west-2::document/a"])
      assert.equal(documentName(resource), undefined, resource);
  });
});

describe("mayNameDocument", () => {
  it("takes every resource that could be one", () => {
    assert.equal(mayNameDocument("arn:aws:ssm:*"), true);
    assert.equal(mayNameDocument("arn:aws:ec2:eu-west-2:111122223333:instance/*"), false);
  });
});
