import { createHash } from "node:crypto";
import type { Json, Props } from "../../../account/estate";
import { AwsError } from "../../../account/aws-error";
import { text, type ResourceType } from "../../resource-type";
import { plainText } from "../../../account/plain-text";

const DOCUMENT = "aws:ssm/document:Document";
const SESSION_TYPES = ["Standard_Stream", "InteractiveCommands", "NonInteractiveCommands", "Port"];
const SIZE_LIMIT = 64 * 1024;

/** A document; each change of its content is a new version and at once the default one. */
export const document: ResourceType = {
  token: DOCUMENT,
  service: "SSM",
  noun: "SSM Document",
  operations: { create: "CreateDocument", update: "UpdateDocument", delete: "DeleteDocument" },
  filled: ["targetType", "versionName"],
  comparisons: { content: "json" },
  rules: (inputs, fail) => {
    if (inputs.name !== undefined && !/^[\w.-]{3,128}$/.test(text(inputs, "name"))) {
      fail("name", '"name" must contain only alphanumeric, underscore, hyphen, or period characters');
    }
    for (const key of ["permissions", "attachmentsSources"])
      if (inputs[key] !== undefined) fail(key, "not simulated here");
    if (inputs.documentFormat !== undefined && inputs.documentFormat !== "JSON")
      fail("documentFormat", "not simulated here: JSON only");
  },
  updateUnknown: (changed) =>
    changed.includes("content") ? ["defaultVersion", "documentVersion", "latestVersion", "hash", "parameters"] : [],
  create: (aws, inputs) => {
    const name = text(inputs, "name");
    if (/^(aws|amazon|amzn)/i.test(name))
      throw new AwsError("ValidationException", `document name ${name} uses a reserved prefix`);
    if (aws.find(DOCUMENT, name))
      throw new AwsError("DocumentAlreadyExists", `Document with same name ${name} already exists`);
    const facts = read(inputs);
    const platformTypes = ["Windows", "Linux", "MacOS"];
    const outputs = {
      arn: aws.arn("ssm", `document/${name}`),
      createdDate: aws.timestamp(),
      hashType: "Sha256",
      owner: aws.account,
      status: "Active",
    };
    return aws.add(DOCUMENT, name, { ...inputs, ...outputs, ...versions(1), ...facts, platformTypes });
  },
  ready: (aws) => aws.wait("moment"),
  update: (_aws, object, news, state) => {
    if (news.documentType !== object.props.documentType)
      throw new AwsError("InvalidDocumentContent", "a document's type cannot be changed");
    Object.assign(news, read(news));
    if (news.content !== state.content) Object.assign(news, versions(Number(object.props.latestVersion) + 1));
  },
};

function versions(number: number): Props {
  return { defaultVersion: String(number), documentVersion: String(number), latestVersion: String(number) };
}

/** Judges the content and takes what the API shows of it. */
function read(inputs: Props): Props {
  const content = text(inputs, "content");
  if (Buffer.byteLength(content) > SIZE_LIMIT) throw new AwsError("MaxDocumentSizeExceeded", "document too large");
  const body = parse(content);
  const { schemaVersion } = body;
  if (inputs.documentType === "Session") {
    if (schemaVersion !== "1.0")
      throw new AwsError(
        "InvalidDocumentSchemaVersion",
        `schema version ${plainText(schemaVersion)} is not supported for a Session document`,
      );
    if (!SESSION_TYPES.includes(plainText(body.sessionType)))
      throw new AwsError(
        "InvalidDocumentContent",
        `sessionType ${plainText(body.sessionType)} is not one of ${SESSION_TYPES.join(", ")}`,
      );
    if (body.sessionType === "Port") refusePort(body);
  }
  return {
    description: typeof body.description === "string" ? body.description : "",
    hash: createHash("sha256").update(content).digest("hex"),
    parameters: parametersOf(body),
    schemaVersion: plainText(schemaVersion),
  };
}

function refusePort(body: Props): void {
  const properties = body.properties;
  const known =
    typeof properties === "object" && properties !== null && !Array.isArray(properties) ? Object.keys(properties) : [];
  const bad = known.find((key) => !["portNumber", "localPortNumber", "host", "type"].includes(key));
  if (known.length === 0 || bad !== undefined)
    throw new AwsError("InvalidDocumentContent", `properties of a Port session: ${bad ?? "missing"}`);
}

function parametersOf(body: Props): Json {
  const parameters = body.parameters ?? {};
  if (typeof parameters !== "object" || Array.isArray(parameters))
    throw new AwsError("InvalidDocumentContent", "parameters must be an object");
  return Object.entries(parameters ?? {}).map(([name, value]) => {
    const parameter = (value ?? {}) as Props;
    if (typeof parameter.type !== "string")
      throw new AwsError("InvalidDocumentContent", `parameter ${name} has no type`);
    return {
      name,
      type: parameter.type,
      defaultValue: parameter.default === undefined ? "" : plainText(parameter.default),
      description: text(parameter, "description"),
    };
  });
}

function parse(content: string): Props {
  try {
    const body = JSON.parse(content) as Json;
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return body;
  } catch {
    // Said below, in the same words as for a text that is no object.
  }
  throw new AwsError("InvalidDocumentContent", "The content is not a JSON object");
}
