import { ssmDocPortPinned } from "../../../../policies/session-manager/ssm-doc-port-pinned";
import { UNKNOWN } from "../run-rule";
import type { RuleCases } from "./rule-cases";

type Values = Record<string, unknown>;

const PROPERTIES = {
  host: "orders.internal",
  portNumber: "5432",
  type: "LocalPortForwarding",
  localPortNumber: "{{ localPortNumber }}",
};
const document = (properties: unknown, more: Values = {}): Values => ({
  documentType: "Session",
  content: JSON.stringify({ schemaVersion: "1.0", sessionType: "Port", properties, ...more }),
});
const YAML = (host: string): Values => ({
  documentType: "Session",
  documentFormat: "YAML",
  content: `sessionType: Port\nproperties:\n  host: ${host}\n  portNumber: 5432\n  type: LocalPortForwarding\n`,
});

export const SESSION_MANAGER_CASES: readonly RuleCases[] = [
  {
    rule: ssmDocPortPinned,
    ok: [
      { title: "host and port are fixed, the local port is the caller's", props: document(PROPERTIES) },
      { title: "the port as a number", props: document({ ...PROPERTIES, portNumber: 5432 }) },
      {
        title: "limits, and a local port of a pattern",
        props: document(PROPERTIES, {
          inputs: { idleSessionTimeout: "60", maxSessionDuration: "720" },
          parameters: { localPortNumber: { type: "String", allowedPattern: "^0$" } },
        }),
      },
      {
        title: "what is configured",
        props: document(PROPERTIES, { inputs: { maxSessionDuration: "1440" } }),
        settings: { maximumMinutes: 1440 },
      },
      { title: "YAML", props: YAML("orders.internal") },
      { title: "a document that opens no session", props: { documentType: "Command", content: UNKNOWN } },
    ],
    bad: [
      {
        title: "another parameter of the caller",
        props: document(PROPERTIES, {
          parameters: { localPortNumber: { type: "String", allowedPattern: "^0$" }, host: {} },
        }),
        found: ["content.parameters has more than localPortNumber"],
      },
      {
        title: "a local port of any text",
        props: document(PROPERTIES, { parameters: { localPortNumber: { type: "String" } } }),
        found: ["content.parameters.localPortNumber has no allowedPattern"],
      },
      {
        title: "sessions that last too long",
        props: document(PROPERTIES, { inputs: { idleSessionTimeout: "61", maxSessionDuration: 1440 } }),
        found: ["content.inputs.idleSessionTimeout is too long", "content.inputs.maxSessionDuration is too long"],
      },
      {
        title: "a limit that is no number",
        props: document(PROPERTIES, { inputs: { maxSessionDuration: "{{ minutes }}" } }),
        found: ["content.inputs.maxSessionDuration is too long"],
      },
      {
        title: "host as a parameter",
        props: document({ ...PROPERTIES, host: "{{ host }}" }),
        found: ["content.properties.host is a parameter"],
      },
      {
        title: "part of the host as a parameter",
        props: document({ ...PROPERTIES, host: "{{ssm:/which}}.internal" }),
        found: ["content.properties.host is a parameter"],
      },
      {
        title: "no host",
        props: document({ ...PROPERTIES, host: undefined }),
        found: ["content.properties.host is missing"],
      },
      {
        title: "port as a parameter",
        props: document({ ...PROPERTIES, portNumber: "{{ portNumber }}" }),
        found: ["content.properties.portNumber is not fixed"],
      },
      {
        title: "no port",
        props: document({ ...PROPERTIES, portNumber: undefined }),
        found: ["content.properties.portNumber is missing"],
      },
      {
        title: "host and port",
        props: document({ ...PROPERTIES, host: "{{ host }}", portNumber: "{{ portNumber }}" }),
        found: ["content.properties.host is a parameter", "content.properties.portNumber is not fixed"],
      },
      {
        title: "another kind of forwarding",
        props: document({ ...PROPERTIES, type: "{{ type }}" }),
        found: ["content.properties.type is not LocalPortForwarding"],
      },
      {
        title: "a shell",
        props: document({}, { sessionType: "Standard_Stream" }),
        found: ["content.sessionType is not Port: it opens more than one port"],
      },
      { title: "no properties", props: document(undefined), found: ["content.properties is missing"] },
      {
        title: "YAML with a parameter",
        props: YAML('"{{ host }}"'),
        found: ["content.properties.host is a parameter"],
      },
      {
        title: "content that cannot be read",
        props: { documentType: "Session", content: "{" },
        found: ["content is not a session document"],
      },
      { title: "no content", props: { documentType: "Session" }, found: ["content is not a session document"] },
    ],
    unknown: [
      { title: "the content", props: { documentType: "Session", content: UNKNOWN }, open: ["content"] },
      { title: "the kind of document", props: { documentType: UNKNOWN, content: "{}" }, open: ["documentType"] },
      { title: "the format", props: { ...document(PROPERTIES), documentFormat: UNKNOWN }, open: ["documentFormat"] },
    ],
  },
];
