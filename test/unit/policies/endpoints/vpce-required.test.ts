import assert from "node:assert/strict";
import { vpceRequired } from "../../../../policies/endpoints/vpce-required";
import { VPCE_BAD } from "../cases/vpce-required";
import type { VPC } from "../cases/estate";
import { BASTION, endpoint, inVpc, NETWORK } from "../cases/estate";
import { runStackRule, UNKNOWN } from "../run-rule";

const passes = { violations: [], undecided: "", passed: true };
const open = (what: string) => ({
  violations: [],
  undecided: `Cannot be decided until apply: vpce-required: ${what}.`,
  passed: false,
});
const both = [endpoint("ssm"), endpoint("ssmmessages")];

describe("vpce-required", () => {
  it("ok: both endpoints in the bastion's VPC, though no id is known", () => {
    assert.deepEqual(runStackRule(vpceRequired, [...NETWORK, BASTION, ...both]), passes);
  });

  it("ok: no bastion, no need", () => {
    assert.deepEqual(runStackRule(vpceRequired, [...NETWORK]), passes);
  });

  it("ok: a VPC that is given by its id", () => {
    const given = { subnet: { ...(NETWORK[1] as typeof VPC), props: { vpcId: "vpc-1" }, from: {} } };
    const endpoints = both.map((each) => ({ ...each, props: { ...each.props, vpcId: "vpc-1" }, from: {} }));
    assert.deepEqual(runStackRule(vpceRequired, [given.subnet, BASTION, ...endpoints]), passes);
  });

  it("ok: endpoints that stand elsewhere, as the setting says", () => {
    const settings = { central: ["ssm", "ssmmessages"] };
    assert.deepEqual(runStackRule(vpceRequired, [...NETWORK, BASTION], settings), passes);
    const one = runStackRule(vpceRequired, [...NETWORK, BASTION], { central: ["ssm"] });
    assert.deepEqual(one.violations, [
      `bastion: The bastion's VPC has no interface endpoint for ssmmessages. ${vpceRequired.fix}.`,
    ]);
  });

  for (const { title, resources, found } of VPCE_BAD) {
    it(`stops: ${title}`, () => {
      assert.deepEqual(runStackRule(vpceRequired, resources), {
        violations: found.map((each) => `${each}. ${vpceRequired.fix}.`),
        undecided: "",
        passed: false,
      });
    });
  }

  it("does not pass by accident: an endpoint whose service is not known", () => {
    const unknown = { ...endpoint("x"), props: { vpcEndpointType: "Interface", serviceName: UNKNOWN } };
    assert.deepEqual(runStackRule(vpceRequired, [...NETWORK, BASTION, endpoint("ssm"), unknown]), open("serviceName"));
  });

  it("does not pass by accident: a subnet of another program does not tell its VPC", () => {
    const bastion = { ...BASTION, props: { subnetId: "subnet-1" }, from: {} };
    assert.deepEqual(runStackRule(vpceRequired, [bastion, ...both]), open("vpc of bastion"));
  });

  it("does not pass by accident: tags that are not known may name a bastion", () => {
    const server = { ...BASTION, name: "server", props: { tags: UNKNOWN } };
    assert.deepEqual(runStackRule(vpceRequired, [...NETWORK, server]), open("tags"));
  });

  it("what is known is reported beside what is not", () => {
    const server = { ...inVpc("aws:ec2/instance:Instance", "server"), props: { tags: { Name: UNKNOWN } } };
    const said = runStackRule(vpceRequired, [...NETWORK, server, BASTION]);
    assert.equal(said.violations.length, 2);
    assert.equal(said.undecided, "Cannot be decided until apply: vpce-required: tags.Name.");
  });
});
