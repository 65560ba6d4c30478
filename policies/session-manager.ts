import type { Properties, ResourceRule } from "./rule";
import { isObject, isSet } from "./values";

/** A session document names one host and port, not its caller. */
export const ssmDocPortPinned: ResourceRule = {
  id: "ssm-doc-port-pinned",
  title: "A session document pins host and port",
  why: "A document that takes them as parameters is a tunnel to everything the bastion reaches",
  severity: "critical",
  level: "mandatory",
  references: ["Systems Manager user guide: Session document schema"],
  fix: 'Write sessionType "Port" and properties { type: "LocalPortForwarding", host, portNumber } as fixed text without {{ }}',
  types: ["aws:ssm/document:Document"],
  check: ({ props }, { report }) => {
    if (props["documentType"] !== "Session") return;
    const document = contentOf(props);
    if (!isObject(document)) return report("content is not a session document");
    if (document["sessionType"] !== "Port")
      return report("content.sessionType is not Port: it opens more than one port");
    const properties = document["properties"];
    if (!isObject(properties)) return report("content.properties is missing");
    if (properties["type"] !== "LocalPortForwarding") report("content.properties.type is not LocalPortForwarding");
    const host = properties["host"];
    if (typeof host !== "string" || host === "") report("content.properties.host is missing");
    else if (host.includes("{{")) report("content.properties.host is a parameter");
    const port = properties["portNumber"];
    if (!isSet(port) || port === "") report("content.properties.portNumber is missing");
    else if (typeof port !== "number" && !(typeof port === "string" && /^[0-9]+$/.test(port)))
      report("content.properties.portNumber is not fixed");
  },
};

/** The content as an object; undefined for what is neither JSON nor YAML. */
function contentOf({ content, documentFormat }: Properties): unknown {
  if (typeof content !== "string") return undefined;
  try {
    if (documentFormat !== "YAML") return JSON.parse(content);
    return (require("yaml") as typeof import("yaml")).parse(content);
  } catch {
    return undefined;
  }
}
