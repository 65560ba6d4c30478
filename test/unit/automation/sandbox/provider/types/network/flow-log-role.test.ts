import assert from "node:assert/strict";
import type { CloudObject } from "../../../../../../../automation/sandbox/account/estate";
import {
  mayDeliver,
  trustsFlowLogs,
} from "../../../../../../../automation/sandbox/provider/types/network/flow-log-role";
import { flowLogPolicy, flowLogTrustPolicy } from "../../../../../../../infra/contract/flow-log-policy";
import { bastionPolicy } from "../../../../../../../infra/contract/bastion-policy";
import { testEstate } from "../../fixture";
import { EC2_TRUST, FLOW_LOG_TRUST } from "../../world";

const HERE = { region: "eu-west-2", account: "000000000000" };
const FLOW_LOG = "arn:aws:ec2:eu-west-2:000000000000:vpc-flow-log/fl-00000000000000001";
const GROUP = "arn:aws:logs:eu-west-2:000000000000:log-group:/flows";

function roleWith(trust: unknown, policy?: unknown): { role: CloudObject; delivers: (group: string) => boolean } {
  const { estate } = testEstate();
  const common = { account: HERE.account, region: "global" };
  const role = estate.add({
    ...common,
    token: "aws:iam/role:Role",
    id: "flows",
    props: { arn: "arn:aws:iam::000000000000:role/flows", assumeRolePolicy: asText(trust) },
  });
  if (policy !== undefined)
    estate.add({
      ...common,
      token: "aws:iam/rolePolicy:RolePolicy",
      id: "flows:deliver",
      props: { role: "flows", policy: asText(policy) },
    });
  return { role, delivers: (group) => mayDeliver(estate, role, group) };
}

const asText = (document: unknown): string => (typeof document === "string" ? document : JSON.stringify(document));
const trusts = (trust: unknown, arn = FLOW_LOG): boolean => trustsFlowLogs(roleWith(trust).role, arn);
const allow = (...Action: string[]): object => ({ Statement: { Effect: "Allow", Action, Resource: "*" } });

describe("role of a flow log", () => {
  it("trusts the flow log service, and no other", () => {
    assert.equal(trusts(FLOW_LOG_TRUST), true);
    assert.equal(trusts(EC2_TRUST), false);
    assert.equal(trusts("no policy"), false);
    const allowed = { Effect: "Allow", Action: "sts:AssumeRole" };
    const service = { Service: ["ec2.amazonaws.com", "vpc-flow-logs.amazonaws.com"] };
    assert.equal(trusts({ Statement: { ...allowed, Principal: service } }), true);
    assert.equal(trusts({ Statement: { ...allowed, Principal: service, Action: "sts:TagSession" } }), false);
    assert.equal(trusts({ Statement: { ...allowed, Principal: "*" } }), false);
  });

  it("a Deny for the service or for everybody goes before, one for another service does not", () => {
    const service = { Service: "vpc-flow-logs.amazonaws.com" };
    const allowed = { Effect: "Allow", Action: "sts:AssumeRole", Principal: service };
    const withDeny = (Principal: unknown): boolean =>
      trusts({ Statement: [allowed, { Effect: "Deny", Action: "*", Principal }] });
    assert.equal(withDeny({ Service: "ec2.amazonaws.com" }), true);
    for (const principal of [service, "*", { AWS: "*" }]) assert.equal(withDeny(principal), false);
  });

  it("our own trusts it for flow logs of its account and region", () => {
    assert.equal(trusts(flowLogTrustPolicy(HERE)), true);
    assert.equal(trusts(flowLogTrustPolicy(HERE), FLOW_LOG.replace("eu-west-2", "eu-west-1")), false);
    assert.equal(trusts(flowLogTrustPolicy({ ...HERE, account: "111122223333" })), false);
  });

  it("our own delivers into its log group, and into no other", () => {
    const { delivers } = roleWith(FLOW_LOG_TRUST, flowLogPolicy(HERE, GROUP));
    assert.equal(delivers(GROUP), true);
    assert.equal(delivers(`${GROUP}-other`), false);
  });

  it("needs each of four actions", () => {
    const actions = ["DescribeLogGroups", "DescribeLogStreams", "CreateLogStream", "PutLogEvents"].map(
      (operation) => `logs:${operation}`,
    );
    assert.equal(roleWith(FLOW_LOG_TRUST, allow(...actions)).delivers(GROUP), true);
    for (const missing of actions) {
      const { delivers } = roleWith(FLOW_LOG_TRUST, allow(...actions.filter((action) => action !== missing)));
      assert.equal(delivers(GROUP), false, missing);
    }
    assert.equal(roleWith(FLOW_LOG_TRUST).delivers(GROUP), false);
    assert.equal(roleWith(FLOW_LOG_TRUST, bastionPolicy()).delivers(GROUP), false);
  });
});
