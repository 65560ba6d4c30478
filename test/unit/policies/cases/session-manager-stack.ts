import { ssmDocHostKnown } from "../../../../policies/session-manager/ssm-doc-host-known";
import { UNKNOWN } from "../run-rule";
import type { StackSample } from "./estate";
import type { StackRuleCases } from "./stack-rule-cases";

const ENDPOINT = "orders.cluster-x.eu-west-2.rds.amazonaws.com";
const CLUSTER: StackSample = {
  type: "aws:rds/cluster:Cluster",
  name: "orders",
  props: { endpoint: ENDPOINT, readerEndpoint: "orders.cluster-ro-x.eu-west-2.rds.amazonaws.com" },
};
const document = (host: string, content: unknown = JSON.stringify({ properties: { host } })): StackSample => ({
  type: "aws:ssm/document:Document",
  name: "document",
  props: { documentType: "Session", content },
});
const FOREIGN = "document: content.properties.host is no database of this stack";

export const SESSION_MANAGER_STACK_CASES: readonly StackRuleCases[] = [
  {
    rule: ssmDocHostKnown,
    ok: [
      { title: "the writer", resources: [CLUSTER, document(ENDPOINT)] },
      {
        title: "the reader, while the writer is not known",
        resources: [{ ...CLUSTER, props: { endpoint: UNKNOWN, readerEndpoint: "a" } }, document("a")],
      },
      {
        title: "an instance and a proxy",
        resources: [
          { ...CLUSTER, type: "aws:rds/instance:Instance", props: { address: "a", endpoint: "a:5432" } },
          { ...CLUSTER, type: "aws:rds/proxy:Proxy", props: { endpoint: "b" } },
          document("a"),
          document("b"),
        ],
      },
      { title: "a configured host", resources: [document("a")], settings: { hosts: ["a"] } },
      {
        title: "a document that opens no session",
        resources: [CLUSTER, { ...document("a"), props: { documentType: "Command", content: "{}" } }],
      },
    ],
    bad: [
      { title: "another host", resources: [CLUSTER, document("jump.internal")], found: [FOREIGN] },
      {
        title: "a host that is not configured",
        resources: [document("b")],
        settings: { hosts: ["a"] },
        found: [FOREIGN],
      },
      {
        title: "an endpoint with its port",
        resources: [
          { ...CLUSTER, type: "aws:rds/instance:Instance", props: { address: "a", endpoint: "a:5432" } },
          document("a:5432"),
        ],
        found: [FOREIGN],
      },
    ],
    unknown: [
      { title: "the content", resources: [CLUSTER, document("", UNKNOWN)], open: ["content"] },
      {
        title: "the endpoint",
        resources: [{ ...CLUSTER, props: { endpoint: UNKNOWN } }, document("a")],
        open: ["endpoint of orders", "readerEndpoint of orders"],
      },
    ],
    notApplicable: [{ title: "no database and no setting", resources: [document("a")] }],
  },
];
