import { arn } from "../../account/arn";
import type { CloudObject } from "../../account/estate";
import type { Agents } from "../../account/ports";
import { ApiError, requiredText, type Call, type Operation } from "../operation";
import { permit } from "../permit";

const PARAMETER = "aws:ssm/parameter:Parameter";
const INSTANCE = "aws:ec2/instance:Instance";

/** Parameters below a path of the caller's account and the call's region. */
export const getParametersByPath: Operation = (call) => {
  const { estate, account, region, input } = call;
  const path = requiredText(input, "Path").replace(/\/$/, "");
  permit(call, "ssm:GetParametersByPath", arn("ssm", region, account, `parameter${path}`));
  const found = estate.list(PARAMETER, account, region).filter(({ id }) => {
    const rest = id.startsWith(`${path}/`) ? id.slice(path.length + 1) : undefined;
    return rest !== undefined && (input.Recursive === true || !rest.includes("/"));
  });
  return {
    Parameters: found.map(({ id, props }) => ({
      Name: id,
      Type: props.type,
      Value: props.value,
      Version: props.version,
      ARN: props.arn,
    })),
  };
};

/** A document's default version. */
export const describeDocument: Operation = (call) => {
  const { estate, account, region, input } = call;
  const name = requiredText(input, "Name");
  permit(call, "ssm:DescribeDocument", arn("ssm", region, account, `document/${name}`));
  const document = estate.list("aws:ssm/document:Document", account, region).find(({ id }) => id === name);
  if (!document) throw new ApiError("InvalidDocument", `Document with name ${name} does not exist.`);
  const { props } = document;
  const shown = {
    DocumentType: props.documentType,
    DocumentFormat: props.documentFormat,
    DocumentVersion: props.documentVersion,
    DefaultVersion: props.defaultVersion,
    LatestVersion: props.latestVersion,
  };
  return {
    Document: {
      Name: name,
      Hash: props.hash,
      HashType: props.hashType,
      Status: props.status,
      Owner: props.owner,
      SchemaVersion: props.schemaVersion,
      ...shown,
    },
  };
};

/** Nodes that ever sent a heartbeat and still do; filters by id and by tag. */
export const describeInstanceInformation =
  (agents: Agents): Operation =>
  (call) => {
    permit(call, "ssm:DescribeInstanceInformation");
    const { estate, account, region, input } = call;
    const filters = (input.Filters ?? []) as readonly { readonly Key?: string; readonly Values?: readonly string[] }[];
    const nodes = estate
      .list(INSTANCE, account, region)
      .filter((instance) => filters.every(({ Key = "", Values = [] }) => nodePasses(instance, Key, Values)));
    const list = nodes.flatMap((instance) => {
      const state = agents.state(instance);
      if (!state.online) return [];
      const about = {
        PlatformType: "Linux",
        PlatformName: "Amazon Linux",
        ResourceType: "EC2Instance",
        IPAddress: instance.props.privateIp,
      };
      return [
        {
          InstanceId: instance.id,
          PingStatus: "Online",
          LastPingDateTime: Math.floor(estate.clocks.wall() / 1000),
          AgentVersion: state.agentVersion,
          ...about,
        },
      ];
    });
    return { InstanceInformationList: list };
  };

function nodePasses(instance: CloudObject, key: string, values: readonly string[]): boolean {
  if (key === "InstanceIds") return values.includes(instance.id);
  if (key.startsWith("tag:")) return values.includes(tagsOf(instance)[key.slice(4)] ?? "\u0000");
  throw new ApiError("InvalidFilterKey", `The filter key ${key} is not valid.`);
}

/** Whether a node's control channel is open; an unknown node is simply not connected. */
export const getConnectionStatus =
  (agents: Agents): Operation =>
  (call) => {
    const target = requiredText(call.input, "Target");
    permit(call, "ssm:GetConnectionStatus", instanceArn(call, target), tagContext(instanceOf(call, target)));
    const instance = instanceOf(call, target);
    return { Target: target, Status: instance && agents.state(instance).connected ? "connected" : "notconnected" };
  };

/** An instance of the caller's account and the call's region. */
export function instanceOf({ estate, account, region }: Call, id: string): CloudObject | undefined {
  return estate.list(INSTANCE, account, region).find((instance) => instance.id === id);
}

/** What an instance is called in a policy, whether it exists or not. */
export function instanceArn({ account, region }: Call, id: string): string {
  return arn("ec2", region, account, `instance/${id}`);
}

/** An instance's tags as condition keys; one that does not exist has none, so that authorisation comes before existence. */
export function tagContext(instance: CloudObject | undefined): Record<string, string> {
  const tags = Object.entries(instance ? tagsOf(instance) : {});
  return Object.fromEntries(
    tags.flatMap(([key, value]) => [
      [`ssm:resourceTag/${key}`, value] as const,
      [`aws:ResourceTag/${key}`, value] as const,
    ]),
  );
}

function tagsOf({ props }: CloudObject): Record<string, string> {
  const tags = props.tagsAll ?? props.tags ?? {};
  return typeof tags === "object" && !Array.isArray(tags) && tags !== null ? (tags as Record<string, string>) : {};
}
