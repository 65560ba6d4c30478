import type { Properties, ResourceRule, Settings, Verdict } from "../rule";
import { isObject, isSet } from "../values";
import { contentOf } from "./session-content";

/** A session document names one host and port, not its caller. */
export const ssmDocPortPinned: ResourceRule = {
  id: "ssm-doc-port-pinned",
  title: "A session document pins host and port",
  why: "A document that takes them as parameters is a tunnel to everything the bastion reaches",
  severity: "critical",
  level: "mandatory",
  references: ["Systems Manager user guide: Session document schema"],
  fix: 'Write sessionType "Port" and properties { type: "LocalPortForwarding", host, portNumber } as fixed text without {{ }}, and localPortNumber as the only parameter',
  parameters: {
    idleMinutes: { type: "integer", default: 60, about: "Longest inputs.idleSessionTimeout" },
    maximumMinutes: { type: "integer", default: 720, about: "Longest inputs.maxSessionDuration" },
  },
  types: ["aws:ssm/document:Document"],
  check: ({ props }, { report }, settings) => {
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
    callersChoice(document["parameters"], report);
    if (isObject(document["inputs"])) limits(document["inputs"], settings, report);
  },
};

/** The caller chooses a port of the own machine, and nothing else. */
function callersChoice(parameters: unknown, report: Verdict["report"]): void {
  if (!isObject(parameters)) return;
  for (const name of Object.keys(parameters)) {
    const parameter = parameters[name];
    if (name !== "localPortNumber") report("content.parameters has more than localPortNumber");
    else if (!isObject(parameter) || !isSet(parameter["allowedPattern"]))
      report("content.parameters.localPortNumber has no allowedPattern");
  }
}

/** Minutes, as text or number; left out, Session Manager takes its own. */
function limits(inputs: Properties, { idleMinutes, maximumMinutes }: Settings, report: Verdict["report"]): void {
  const limit = { idleSessionTimeout: idleMinutes, maxSessionDuration: maximumMinutes };
  for (const [name, most] of Object.entries(limit)) {
    const minutes = inputs[name];
    if (isSet(minutes) && minutes !== "" && !(Number(minutes) <= Number(most)))
      report(`content.inputs.${name} is too long`);
  }
}
