import { plainText } from "../../account/plain-text";
import { arn } from "../../account/arn";
import type { Props } from "../../account/estate";
import { ApiError, type Call } from "../operation";

/** What a session document makes of a StartSession call. */
export interface PortTarget {
  readonly host: string;
  readonly portNumber: string;
  /** Where the reference plugin listens; "0" = any free port. The agent does not look at it. */
  readonly localPortNumber: string;
}

interface Parameter {
  readonly type?: string;
  readonly default?: string;
  readonly allowedPattern?: string;
}

/** A session document's content. */
interface Content {
  readonly sessionType?: string;
  readonly parameters?: Readonly<Record<string, Parameter>>;
  readonly properties?: Readonly<Record<string, string | number>>;
}

const PORT = { type: "String", allowedPattern: "^(0|[1-9][0-9]{0,4})$" };
/** Documents that AWS owns and every account has (Systems Manager user guide, "Start a session"). */
const AWS_OWNED: Readonly<Record<string, Content>> = {
  "AWS-StartPortForwardingSession": {
    sessionType: "Port",
    parameters: { portNumber: { ...PORT, default: "80" }, localPortNumber: { ...PORT, default: "0" } },
    properties: {
      portNumber: "{{ portNumber }}",
      type: "LocalPortForwarding",
      localPortNumber: "{{ localPortNumber }}",
    },
  },
  "AWS-StartPortForwardingSessionToRemoteHost": {
    sessionType: "Port",
    parameters: {
      host: { type: "String", default: "localhost" },
      portNumber: { ...PORT, default: "80" },
      localPortNumber: { ...PORT, default: "0" },
    },
    properties: {
      host: "{{ host }}",
      portNumber: "{{ portNumber }}",
      type: "LocalPortForwarding",
      localPortNumber: "{{ localPortNumber }}",
    },
  },
  "SSM-SessionManagerRunShell": { sessionType: "Standard_Stream" },
};

/** The ARN that a policy must allow: AWS's own documents have no account. */
export function documentArn({ account, region }: Pick<Call, "account" | "region">, name: string): string {
  return arn("ssm", region, name.startsWith("AWS-") ? "" : account, `document/${name}`);
}

/**
 * Where a document leads with the caller's parameters. Unknown parameters, values that the document's pattern refuses, missing ones
 * without a default and documents that are no port session are refused.
 */
export function portTarget(
  { estate, account, region }: Call,
  name: string,
  given: Readonly<Record<string, readonly string[]>>,
): PortTarget {
  const own = estate
    .list("aws:ssm/document:Document", account, region)
    .find(({ id, props }) => id === name && props.documentType === "Session");
  const content = own ? parse(own.props) : AWS_OWNED[name];
  if (!content) throw new ApiError("InvalidDocument", `Document with name ${name} does not exist.`);
  if (content.sessionType !== "Port")
    throw new ApiError(
      "InvalidDocument",
      `The sandbox opens sessions of type Port only; ${name} is ${content.sessionType ?? "of none"}.`,
    );
  const values = valuesOf(content.parameters ?? {}, given);
  const filled = Object.fromEntries(
    Object.entries(content.properties ?? {}).map(([key, text]) => [
      key,
      String(text).replace(/\{\{ *(\w+) *\}\}/g, (_, parameter: string) => values[parameter] ?? ""),
    ]),
  );
  // An agent that gets no host dials itself.
  return {
    host: filled.host ?? "localhost",
    portNumber: filled.portNumber ?? "",
    localPortNumber: filled.localPortNumber ?? "0",
  };
}

function valuesOf(
  parameters: Readonly<Record<string, Parameter>>,
  given: Readonly<Record<string, readonly string[]>>,
): Record<string, string> {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(parameters, name));
  if (unknown !== undefined)
    throw new ApiError("InvalidParameters", `The parameter ${unknown} is not in the document.`);
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => {
      const value = given[name]?.[0] ?? parameter.default;
      if (value === undefined)
        throw new ApiError("InvalidParameters", `The parameter ${name} is required by the document.`);
      if (parameter.allowedPattern !== undefined && !new RegExp(parameter.allowedPattern).test(value)) {
        throw new ApiError(
          "InvalidParameters",
          `Parameter ${name} with value ${value} does not match the allowed pattern ${parameter.allowedPattern}.`,
        );
      }
      return [name, value];
    }),
  );
}

/** The provider has judged the content: it is an object. */
function parse(props: Props): Content {
  return JSON.parse(plainText(props.content)) as Content;
}
