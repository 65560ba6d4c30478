import type { CloudObject, Principal, Props } from "../account/estate";
import { AwsError, ProviderError, providerText, SERVICES, type Call } from "../account/aws-error";
import { hex } from "../account/ids";
import type { AwsContext } from "./aws-context";
import { factsOf, type TypeFacts } from "./facts/facts";
import { INVOKES } from "./invokes";
import { checkInputs } from "./protocol/check";
import type { Naming } from "./protocol/auto-name";
import { diffInputs } from "./protocol/diff";
import { inputsAsOutputs, previewCreate, previewUpdate, type Instance } from "./protocol/preview";
import { readInputs } from "./protocol/read-inputs";
import type { Checked, DiffRequest, Made, ProviderInstance } from "./provider";
import { text, type ResourceType } from "./resource-type";
import { RESOURCE_TYPES } from "./resource-types";

/** Arguments of AwsInstance. */
export interface AwsInstanceArgs {
  readonly instance: Instance;
  readonly principal: Principal;
  readonly mayCall: (principal: Principal, action: string) => boolean;
  /** A view of the account in a region. */
  readonly contextIn: (region: string) => AwsContext;
}

interface Served {
  readonly type: ResourceType;
  readonly facts: TypeFacts;
  readonly filled: readonly string[];
}

const TYPES = new Map(RESOURCE_TYPES.map((type) => [type.token, type]));

/** The simulated AWS provider: the table for what all types share, the types for what AWS does. */
export class AwsInstance implements ProviderInstance {
  constructor(private readonly args: AwsInstanceArgs) {}

  check(token: string, news: Props, olds: Props, naming: Naming): Checked {
    const { type, facts } = served(token);
    return checkInputs({
      token,
      facts,
      news,
      olds,
      naming,
      jsonObjects: type.jsonObjects ?? [],
      rules: type.rules ?? (() => undefined),
    });
  }

  diff(token: string, request: DiffRequest): ReturnType<ProviderInstance["diff"]> {
    const { type, facts, filled } = served(token);
    const { region, defaultTags } = this.args.instance;
    const changes = diffInputs({
      ...request,
      facts,
      filled,
      region,
      defaultTags,
      comparisons: type.comparisons ?? {},
      replaceWhen: type.replaceWhen ?? (() => []),
    });
    return {
      changes,
      deleteBeforeReplace: type.deleteBeforeReplace === true && changes.some(({ replace }) => replace),
    };
  }

  previewCreate(token: string, inputs: Props): Props {
    const { facts, filled } = served(token);
    return previewCreate(facts, filled, inputs, this.args.instance);
  }

  async create(token: string, inputs: Props): Promise<Made> {
    const { type, facts } = served(token);
    const aws = this.context(inputs);
    const outputs = named(inputsAsOutputs(facts, inputs, this.args.instance), aws);
    const object = await this.calling(type, "creating", nameOf(inputs), async () => type.create(aws, outputs));
    const made = (reasons: readonly string[]): Made => ({ id: object.id, outputs: shown(object), reasons });
    try {
      if (type.ready) await aws.follow(Promise.resolve(type.ready(aws.onward(), object)));
      return made([]);
    } catch (error) {
      return made([providerText(callOf(type, "creating", object.id), error, aws.estate.randomBytes)]);
    }
  }

  async read(token: string, id: string, state: Props, oldInputs: Props): ReturnType<ProviderInstance["read"]> {
    const { type, facts, filled } = served(token);
    const aws = this.context(state);
    const object = aws.find(type.adopts ?? token, id);
    if (!object) return undefined;
    type.refresh?.(aws, object);
    const outputs = shown(object);
    return {
      id,
      outputs,
      inputs: readInputs({ facts, filled, comparisons: type.comparisons ?? {}, actual: outputs, state, oldInputs }),
    };
  }

  previewUpdate(token: string, request: DiffRequest): Props {
    const { type, facts } = served(token);
    const changed = this.diff(token, request).changes.map(({ path }) => path);
    return previewUpdate(facts, request.state, request.news, type.updateUnknown?.(changed) ?? [], this.args.instance);
  }

  async update(token: string, request: DiffRequest): Promise<Made> {
    const { type, facts, filled } = served(token);
    const aws = this.context(request.state);
    const object = await this.calling(type, "updating", request.id, async () => {
      const found = aws.find(type.adopts ?? token, request.id);
      if (!found) throw new ProviderError(`updating ${type.noun} (${request.id}): couldn't find resource`);
      const news = inputsAsOutputs(facts, request.news, this.args.instance);
      await type.update?.(aws, found, news, request.state);
      const before = structuredClone(found.props);
      for (const key of Object.keys(facts.inputs)) {
        if (news[key] === undefined && request.oldInputs[key] !== undefined && !filled.includes(key))
          delete found.props[key];
      }
      Object.assign(found.props, news);
      await type.after?.(aws, found, before);
      return found;
    });
    return { id: object.id, outputs: shown(object), reasons: [] };
  }

  async delete(token: string, id: string, state: Props): Promise<void> {
    const { type } = served(token);
    const aws = this.context(state);
    // What was taken over stands under its own token: it is not found here, and stays.
    const object = aws.find(token, id);
    if (!object || state.skipDestroy === true) return;
    await this.calling(type, "deleting", id, async () => type.delete?.(aws, object, state));
    aws.estate.remove(object);
  }

  async invoke(token: string, args: Props): ReturnType<ProviderInstance["invoke"]> {
    const found = INVOKES[token];
    if (!found) throw new Error(`the sandbox does not simulate the function ${token}`);
    const unknown = Object.keys(args).find((key) => key !== "region" && !found.args.includes(key));
    if (unknown !== undefined)
      throw new Error(`invoking ${token}: the sandbox does not simulate its argument ${unknown}`);
    const aws = this.context(args);
    try {
      this.refuseCall(found.service, found.operation);
      return { result: found.run(aws, args), secrets: found.secrets ?? [] };
    } catch (error) {
      const call: Call = { verb: "reading", noun: found.noun, service: found.service, operation: found.operation };
      throw new Error(`invoking ${token}: ${providerText(call, error, aws.estate.randomBytes)}`, { cause: error });
    }
  }

  secretOutputs(token: string): readonly string[] {
    return served(token).facts.secret;
  }

  private context(props: Props): AwsContext {
    return this.args.contextIn(text(props, "region") || this.args.instance.region);
  }

  private async calling<T>(
    type: ResourceType,
    verb: "creating" | "updating" | "deleting",
    name: string,
    act: () => Promise<T>,
  ): Promise<T> {
    const call = callOf(type, verb, name);
    try {
      this.refuseCall(type.service, call.operation);
      return await act();
    } catch (error) {
      throw new Error(providerText(call, error, this.args.contextIn(this.args.instance.region).estate.randomBytes), {
        cause: error,
      });
    }
  }

  private refuseCall(service: Call["service"], operation: string): void {
    const action = `${SERVICES[service].prefix}:${operation}`;
    // GetCallerIdentity needs no permission (IAM user guide); the two others are not API calls.
    if (
      ["sts:GetCallerIdentity", "sts:GetRegion", "sts:GetPartition"].includes(action) ||
      this.args.mayCall(this.args.principal, action)
    )
      return;
    const code =
      service === "EC2"
        ? "UnauthorizedOperation"
        : ["IAM", "RDS", "STS"].includes(service)
          ? "AccessDenied"
          : "AccessDeniedException";
    throw new AwsError(
      code,
      `User: ${this.args.principal.arn} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`,
    );
  }
}

function served(token: string): Served {
  const type = TYPES.get(token);
  if (!type) throw new Error(`the sandbox does not simulate the resource type ${token}`);
  const facts = factsOf(token);
  // A name that is made of a prefix is made at creation.
  return {
    type,
    facts,
    filled: [...facts.filled, ...(type.filled ?? []), ...("name" in facts.inputs ? ["name"] : [])],
  };
}

function callOf(type: ResourceType, verb: "creating" | "updating" | "deleting", name: string): Call {
  const operation = type.operations[verb === "creating" ? "create" : verb === "updating" ? "update" : "delete"];
  return { verb, noun: name === "" ? type.noun : `${type.noun} (${name})`, service: type.service, operation };
}

/** Gives what has a prefix only its name: the provider appends the time and a counter. */
function named(outputs: Props, aws: AwsContext): Props {
  if (outputs.name !== undefined || outputs.namePrefix === undefined) return outputs;
  return {
    ...outputs,
    name: `${text(outputs, "namePrefix")}${aws.timestamp().replace(/\D/g, "")}${hex(aws.estate.randomBytes, 12)}`,
  };
}

function nameOf(inputs: Props): string {
  return text(inputs, "name") || text(inputs, "clusterIdentifier") || text(inputs, "identifier");
}

/** Outputs as the bridged provider has them: the id is one of them. */
function shown({ id, props }: CloudObject): Props {
  return structuredClone({ ...props, id });
}
