import { createHash } from "node:crypto";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { makeClocks } from "../../../../../automation/sandbox/account/clocks";
import {
  DEFAULT_KNOBS,
  type CloudObject,
  type Estate,
  type Knobs,
  type Props,
} from "../../../../../automation/sandbox/account/estate";
import type { RandomBytes } from "../../../../../automation/sandbox/account/ids";
import type { ClusterRuntime } from "../../../../../automation/sandbox/account/ports";
import { makeEstate, runnerKey } from "../../../../../automation/sandbox/account/seed";
import { decode, encode } from "../../../../../automation/sandbox/provider/protocol/values";
import {
  serveProvider,
  type ServedPackage,
  type ServedProvider,
  type ServeOptions,
} from "../../../../../automation/sandbox/provider/serve";

/** Random bytes that are the same in every run. */
export function seededBytes(seed = "test"): RandomBytes {
  let count = 0;
  return (size) => {
    const blocks = Math.ceil(size / 32);
    const bytes = Array.from({ length: blocks }, () => createHash("sha256").update(`${seed} ${count++}`).digest());
    return Buffer.concat(bytes).subarray(0, size);
  };
}

/** An estate whose work clock moves only when something waits: `sleep` advances it and resolves at once. */
export interface TestEstate {
  readonly estate: Estate;
  readonly sleep: (realMs: number) => Promise<void>;
  /** Wall time, milliseconds. */
  wall: number;
}

export function testEstate(knobs: Partial<Knobs> = {}): TestEstate {
  const all: Knobs = { ...DEFAULT_KNOBS, speed: 1, ...knobs };
  const state = { real: 0 };
  const out = { wall: Date.UTC(2026, 10, 22) };
  const clocks = makeClocks(
    all,
    () => out.wall,
    () => state.real,
  );
  const estate = makeEstate({
    clocks,
    knobs: all,
    randomBytes: seededBytes(),
    startUrl: "https://sandbox.invalid/start",
  });
  const sleep = async (realMs: number): Promise<void> => {
    // Nobody cancels here.
    if (realMs === Infinity) return new Promise(() => undefined);
    state.real += realMs;
  };
  return Object.assign(out, { estate, sleep });
}

/** A cluster runtime that remembers its calls. */
export interface RecordingClusters extends ClusterRuntime {
  readonly created: {
    readonly cluster: CloudObject;
    readonly master: { readonly username: string; readonly password: string };
  }[];
  readonly deleted: string[];
  fail: Error | undefined;
}

export function recordingClusters(): RecordingClusters {
  const runtime: RecordingClusters = {
    created: [],
    deleted: [],
    fail: undefined,
    create: async (cluster, master) => {
      if (runtime.fail) throw runtime.fail;
      runtime.created.push({ cluster, master });
    },
    delete: async (cluster) => void runtime.deleted.push(cluster.id),
    resolve: () => undefined,
  };
  return runtime;
}

/** Environment of the runner. */
export function runnerEnvironment(estate: Estate, region = "eu-west-2"): Record<string, string> {
  const key = runnerKey(estate);
  return { AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey, AWS_REGION: region };
}

type Answer<Response> = (error: grpc.ServiceError | null, response: Response) => void;

/** A provider instance, spoken to over gRPC as the engine does. */
export class Client {
  private constructor(
    readonly served: ServedProvider,
    readonly raw: ResourceProviderClient,
  ) {}

  static async open(pack: ServedPackage, options: ServeOptions, args: Props = {}): Promise<Client> {
    const client = await Client.connect(pack, options);
    await client
      .call<rpc.ConfigureResponse>((raw, done) => raw.configure(new rpc.ConfigureRequest().setArgs(struct(args)), done))
      .catch(async (error: unknown) => {
        await client.close();
        throw error;
      });
    return client;
  }

  static async connect(pack: ServedPackage, options: ServeOptions): Promise<Client> {
    const served = await serveProvider(pack, options);
    return new Client(
      served,
      new ResourceProviderClient(`127.0.0.1:${served.port}`, grpc.credentials.createInsecure()),
    );
  }

  call<Response>(send: (raw: ResourceProviderClient, done: Answer<Response>) => unknown): Promise<Response> {
    return new Promise((resolve, reject) => {
      send(this.raw, (error, response) => (error ? reject(error) : resolve(response)));
    });
  }

  async check(
    token: string,
    news: Props,
    olds: Props = {},
    name = "thing",
  ): Promise<{ inputs: Props; failures: Record<string, string>; secrets: string[] }> {
    const request = new rpc.CheckRequest()
      .setUrn(urn(token, name))
      .setNews(struct(news))
      .setOlds(struct(olds))
      .setRandomseed(Buffer.alloc(32, 7));
    const response = await this.call<rpc.CheckResponse>((raw, done) => raw.check(request, done));
    const { props, secrets } = decode(response.getInputs());
    return {
      inputs: props,
      secrets: [...secrets],
      failures: Object.fromEntries(response.getFailuresList().map((one) => [one.getProperty(), one.getReason()])),
    };
  }

  async preview(token: string, inputs: Props): Promise<Props> {
    const request = new rpc.CreateRequest().setUrn(urn(token)).setProperties(struct(inputs)).setPreview(true);
    return decode((await this.call<rpc.CreateResponse>((raw, done) => raw.create(request, done))).getProperties())
      .props;
  }

  /** Check and create; check failures reject. */
  async make(token: string, news: Props, name = "thing"): Promise<Resource> {
    const { inputs, failures } = await this.check(token, news, {}, name);
    if (Object.keys(failures).length > 0) throw new Error(JSON.stringify(failures));
    const response = await this.call<rpc.CreateResponse>((raw, done) =>
      raw.create(new rpc.CreateRequest().setUrn(urn(token, name)).setProperties(struct(inputs)), done),
    );
    const { props, secrets } = decode(response.getProperties());
    return { token, id: response.getId(), inputs, outputs: props, secrets: [...secrets] };
  }

  async diff(resource: Resource, news: Props, ignore: string[] = []): Promise<Difference> {
    const { inputs } = await this.check(resource.token, news, resource.inputs);
    const request = new rpc.DiffRequest()
      .setId(resource.id)
      .setUrn(urn(resource.token))
      .setOlds(struct(resource.outputs));
    request.setOldInputs(struct(resource.inputs)).setNews(struct(inputs)).setIgnorechangesList(ignore);
    const response = await this.call<rpc.DiffResponse>((raw, done) => raw.diff(request, done));
    const details = [...response.getDetaileddiffMap().entries()] as [string, rpc.PropertyDiff][];
    return {
      changed: response.getChanges() === rpc.DiffResponse.DiffChanges.DIFF_SOME,
      replaces: response.getReplacesList(),
      paths: details.map(([path]) => path).sort(),
      deleteBeforeReplace: response.getDeletebeforereplace(),
    };
  }

  async update(resource: Resource, news: Props, preview = false): Promise<Resource> {
    const { inputs } = await this.check(resource.token, news, resource.inputs);
    const request = new rpc.UpdateRequest()
      .setId(resource.id)
      .setUrn(urn(resource.token))
      .setOlds(struct(resource.outputs));
    request.setOldInputs(struct(resource.inputs)).setNews(struct(inputs)).setPreview(preview);
    const { props, secrets } = decode(
      (await this.call<rpc.UpdateResponse>((raw, done) => raw.update(request, done))).getProperties(),
    );
    return { ...resource, inputs, outputs: props, secrets: [...secrets] };
  }

  async read(
    token: string,
    id: string,
    state: Props = {},
    inputs: Props = {},
  ): Promise<{ id: string; outputs: Props; inputs: Props }> {
    const request = new rpc.ReadRequest()
      .setId(id)
      .setUrn(urn(token))
      .setProperties(struct(state))
      .setInputs(struct(inputs));
    const response = await this.call<rpc.ReadResponse>((raw, done) => raw.read(request, done));
    return {
      id: response.getId(),
      outputs: decode(response.getProperties()).props,
      inputs: decode(response.getInputs()).props,
    };
  }

  async remove(resource: { readonly token: string; readonly id: string; readonly outputs: Props }): Promise<void> {
    await this.call<Empty>((raw, done) =>
      raw.delete(
        new rpc.DeleteRequest().setId(resource.id).setUrn(urn(resource.token)).setProperties(struct(resource.outputs)),
        done,
      ),
    );
  }

  async invoke(token: string, args: Props = {}): Promise<Props> {
    return decode(
      (
        await this.call<rpc.InvokeResponse>((raw, done) =>
          raw.invoke(new rpc.InvokeRequest().setTok(token).setArgs(struct(args)), done),
        )
      ).getReturn(),
    ).props;
  }

  async close(): Promise<void> {
    this.raw.close();
    await this.served.close();
  }
}

export interface Resource {
  readonly token: string;
  readonly id: string;
  readonly inputs: Props;
  readonly outputs: Props;
  readonly secrets: readonly string[];
}

export interface Difference {
  readonly changed: boolean;
  readonly replaces: readonly string[];
  readonly paths: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** A URN of a type. */
export function urn(token: string, name = "thing"): string {
  return `urn:pulumi:dev::test::${token}::${name}`;
}

/** Properties as they travel. */
export function struct(props: Props): Struct {
  return encode(props);
}
