import * as pulumi from "@pulumi/pulumi";
import { accessOf, dev, valueOf } from "./contract/sample";
import { environmentAccess } from "../../../infra/contract/environment-access";
import type { AccessFile } from "../../../infra/contract/access-file";
import type { Environment } from "../../../infra/contract/environment-config";

/** One resource as the engine was asked for it. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  readonly parent: string | undefined;
  readonly provider: string | undefined;
  /** Property → names (`type name`) of the resources that its value comes from. */
  readonly from: Readonly<Record<string, readonly string[]>>;
}

/** One question to AWS. */
export interface Invoked {
  readonly token: string;
  readonly inputs: Record<string, unknown>;
  readonly provider: string | undefined;
}

/** What a program asked for. Cannot prove that AWS would accept it: that is the simulated account's part. */
export interface Recording {
  readonly resources: Recorded[];
  readonly invokes: Invoked[];
  /** Name of the resources that each resource names in dependsOn or by its inputs. */
  readonly dependencies: Map<string, readonly string[]>;
  /** What AWS would answer, by `type name`: inputs, and what it makes up. */
  readonly outputs: Map<string, Record<string, unknown>>;
}

const ACCOUNT = "111122223333";

/** Outputs that AWS would make up. */
const COMPUTED: Readonly<Record<string, (inputs: Record<string, unknown>) => Record<string, unknown>>> = {
  "aws:rds/cluster:Cluster": (inputs) => ({
    clusterResourceId: "cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    endpoint: `${String(inputs["clusterIdentifier"])}.cluster-x.eu-west-2.rds.amazonaws.com`,
    readerEndpoint: `${String(inputs["clusterIdentifier"])}.cluster-ro-x.eu-west-2.rds.amazonaws.com`,
    masterUserSecrets: [{ secretArn: "arn:secret", secretStatus: "active", kmsKeyId: "k" }],
  }),
  "random:index/randomId:RandomId": () => ({ hex: "0a0b0c0d" }),
};

const ANSWERS: Readonly<Record<string, (inputs: Record<string, unknown>) => Record<string, unknown>>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: ACCOUNT, arn: "", userId: "", id: ACCOUNT }),
  "aws:index/getAvailabilityZones:getAvailabilityZones": () => ({ names: ["eu-west-2a", "eu-west-2b", "eu-west-2c"] }),
  "aws:ssm/getParameter:getParameter": () => ({ insecureValue: "ami-1", value: "ami-1" }),
  "aws:ssoadmin/getInstances:getInstances": () => ({
    arns: ["arn:aws:sso:::instance/ssoins-1"],
    identityStoreIds: ["d-1"],
  }),
  "aws:identitystore/getGroup:getGroup": (inputs) => ({ groupId: `group-${principalOf(inputs)}` }),
  "aws:identitystore/getUser:getUser": (inputs) => ({ userId: `user-${principalOf(inputs)}` }),
};

function principalOf(inputs: Record<string, unknown>): string {
  const { uniqueAttribute } = inputs["alternateIdentifier"] as { uniqueAttribute: { attributeValue: string } };
  return uniqueAttribute.attributeValue;
}

/** Runs a program against recorded answers. `answers` replaces answers of AWS by token. */
export async function record<T>(
  program: () => T | Promise<T>,
  answers: Readonly<Record<string, Record<string, unknown>>> = {},
): Promise<{ readonly recording: Recording; readonly result: T }> {
  const recording: Recording = { resources: [], invokes: [], dependencies: new Map(), outputs: new Map() };
  await pulumi.runtime.setMocks(
    {
      newResource(args) {
        const inputs = args.inputs as Record<string, unknown>;
        const state = { arn: `arn:mock:${args.name}`, name: args.name, ...inputs, ...COMPUTED[args.type]?.(inputs) };
        recording.outputs.set(`${args.type} ${args.name}`, { ...state, id: `${args.name}-id` });
        return { id: `${args.name}-id`, state };
      },
      call(args) {
        recording.invokes.push({
          token: args.token,
          inputs: args.inputs as Record<string, unknown>,
          provider: args.provider?.split("::").at(-2),
        });
        const answer = answers[args.token] ?? ANSWERS[args.token]?.(args.inputs as Record<string, unknown>);
        if (answer === undefined) throw new Error(`no answer is recorded for ${args.token}`);
        return answer;
      },
    },
    "sallyport",
    "dev",
    false,
  );
  watchRegistrations(recording);
  const result = await program();
  return { recording, result };
}

/** What the mocks do not show stands in the request itself: parent, provider and dependencies. */
function watchRegistrations(recording: Recording): void {
  const monitor = pulumi.runtime.getMonitor() as unknown as {
    registerResource: (request: Request, callback: unknown) => void;
  };
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    const [type, name] = [request.getType(), request.getName()];
    recording.resources.push({
      type,
      name,
      inputs: pulumi.runtime.deserializeProperties(request.getObject()),
      parent: request.getParent().split("::").at(-1) || undefined,
      provider: request.getProvider().split("::").at(-2),
      from: originsOf(request),
    });
    recording.dependencies.set(
      `${type} ${name}`,
      request.getDependenciesList().map((urn) => urn.split("::").at(-1) ?? ""),
    );
    register(request, callback);
  };
}

/** @example originsOf(subnet) // { vpcId: ["aws:ec2/vpc:Vpc vpc"] } */
function originsOf(request: Request): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  request.getPropertydependenciesMap().forEach((origins, property) => {
    // …::project::parent type$type::name
    found[property] = origins.getUrnsList().map((urn) => {
      const [type, name] = urn.split("::").slice(-2);
      return `${type?.split("$").at(-1)} ${name}`;
    });
  });
  return found;
}

/** The part of the engine's RegisterResourceRequest that is read here. */
interface Request {
  getPropertydependenciesMap(): {
    forEach(each: (origins: { getUrnsList(): string[] }, property: string) => void): void;
  };
  getType(): string;
  getName(): string;
  getObject(): never;
  getParent(): string;
  getProvider(): string;
  getDependenciesList(): string[];
}

/** The value of an output, with everything it waits for. */
export function settled<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => void output.apply((value) => resolve(value)));
}

/** Inputs of the only resource of a type, or of the one with that name. */
export function inputsOf(recording: Recording, type: string, name?: string): Record<string, unknown> {
  const found = recording.resources.filter((each) => each.type === type && (name === undefined || each.name === name));
  if (found.length !== 1 || found[0] === undefined)
    throw new Error(`${found.length} resources of ${type} ${name ?? ""}`);
  return found[0].inputs;
}

/** The committed files, as the platform takes them. */
export function platformArgs(access: AccessFile = accessOf(), environment: Environment = dev()) {
  return { access, environment, roles: valueOf(environmentAccess(access, environment)) };
}
