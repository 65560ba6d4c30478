import type { StackResource, StackRule } from "../rule";
import { foreignTo, ownOutputs } from "../stack/own-outputs";
import { isObject, textOf } from "../values";
import { contentOf } from "./session-content";

const DOCUMENT = "aws:ssm/document:Document";
/** Output properties that hold a host name, by type token. */
const HOSTS: Readonly<Record<string, readonly string[]>> = {
  "aws:rds/cluster:Cluster": ["endpoint", "readerEndpoint"],
  "aws:rds/clusterEndpoint:ClusterEndpoint": ["endpoint"],
  "aws:rds/clusterInstance:ClusterInstance": ["endpoint"],
  "aws:rds/instance:Instance": ["address"],
  "aws:rds/proxy:Proxy": ["endpoint"],
};

/** A document leads to a database, not to whatever has a name. */
export const ssmDocHostKnown: StackRule = {
  id: "ssm-doc-host-known",
  title: "A session document leads to a database of this stack",
  why: "A pinned host is no better than the host: another one is a way into the network that nobody decided",
  severity: "high",
  level: "mandatory",
  references: ["Systems Manager user guide: Session document schema"],
  fix: "Write properties.host as the endpoint of the stack's database; foreign hosts belong into the setting hosts",
  parameters: { hosts: { type: "strings", about: "Hosts outside of the stack that documents may lead to" } },
  checkStack: (resources, verdict, { hosts }) => {
    const own = ownOutputs(resources, HOSTS);
    if (own.values.length + own.open.length === 0 && !Array.isArray(hosts))
      return verdict.notApplicable("the stack has no database, and the setting hosts is not there");
    for (const document of resources.filter(({ type }) => type === DOCUMENT)) {
      verdict.part(() => {
        const host = hostOf(document);
        if (host === "" || (Array.isArray(hosts) && hosts.includes(host))) return; // ssm-doc-port-pinned asks for one
        foreignTo(own, host, verdict, () =>
          verdict.report("content.properties.host is no database of this stack", document),
        );
      });
    }
  },
};

function hostOf({ props }: StackResource): string {
  if (props["documentType"] !== "Session") return "";
  const content = contentOf(props);
  const properties = isObject(content) ? content["properties"] : undefined;
  return isObject(properties) ? textOf(properties["host"]) : "";
}
