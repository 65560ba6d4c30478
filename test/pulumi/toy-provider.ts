import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as services from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";

type Properties = Readonly<Record<string, unknown>>;
type Unary<Q, A> = grpc.handleUnaryCall<Q, A>;

/** A provider with one resource, `toy:index:Thing`, whose "cloud" is a map; a create can be held to be caught in the middle. */
export interface ToyProvider {
  /** For PULUMI_DEBUG_PROVIDERS. */
  readonly attach: string;
  /** What exists: id → inputs. */
  readonly things: Map<string, Properties>;
  /** How many creates were asked for in all. */
  readonly creates: () => number;
  /** Resolves when the engine tells the provider to stop; it begins nothing new then. */
  readonly cancelled: Promise<void>;
  /**
   * Holds the next create of the named thing: it exists at once, and is answered on `release()`. `reached` resolves when the engine
   * waits for it.
   */
  hold(label: string): { readonly reached: Promise<void>; release(): void };
  close(): Promise<void>;
}

/** A promise and the function that resolves it. */
function latch(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

const struct = (value: Properties): Struct => Struct.fromJavaScript({ ...value } as Record<string, never>);
const plain = (value: Struct | undefined): Properties => value?.toJavaScript() ?? {};

/**
 * Serves the toy provider on an ephemeral loopback port.
 *
 * @param made - what a resource has once it is made, beside its inputs, e.g. an address
 */
export async function startToyProvider(
  made: (type: string, id: string) => Properties = () => ({}),
): Promise<ToyProvider> {
  const things = new Map<string, Properties>();
  const holds = new Map<string, { reached: () => void; released: Promise<void> }>();
  let creates = 0;
  const cancelled = latch();

  const check: Unary<messages.CheckRequest, messages.CheckResponse> = (call, callback) => {
    const answer = new messages.CheckResponse();
    answer.setInputs(call.request.getNews());
    callback(null, answer);
  };
  const diff: Unary<messages.DiffRequest, messages.DiffResponse> = (call, callback) => {
    const answer = new messages.DiffResponse();
    const [olds, news] = [plain(call.request.getOldInputs()), plain(call.request.getNews())];
    const same = JSON.stringify(olds) === JSON.stringify(news);
    answer.setChanges(same ? messages.DiffResponse.DiffChanges.DIFF_NONE : messages.DiffResponse.DiffChanges.DIFF_SOME);
    if (olds.label !== news.label) answer.setReplacesList(["label"]);
    callback(null, answer);
  };
  const create = async (request: messages.CreateRequest): Promise<messages.CreateResponse> => {
    const inputs = plain(request.getProperties());
    const answer = new messages.CreateResponse();
    answer.setProperties(struct(inputs));
    if (request.getPreview()) return answer;
    if (inputs.refuse === true) throw Object.assign(new Error("ToyRefused: not today"), { code: grpc.status.UNKNOWN });
    creates += 1;
    const id = `thing-${creates}`;
    things.set(id, inputs);
    const held = holds.get(String(inputs.label));
    held?.reached();
    await held?.released;
    answer.setId(id);
    answer.setProperties(struct({ ...inputs, ...made(request.getType(), id) }));
    return answer;
  };
  const implementation = {
    handshake: (_: unknown, callback: grpc.sendUnaryData<messages.ProviderHandshakeResponse>) =>
      callback(null, new messages.ProviderHandshakeResponse()),
    attach: (_: unknown, callback: grpc.sendUnaryData<Empty>) => callback(null, new Empty()),
    getPluginInfo: (_: unknown, callback: grpc.sendUnaryData<PluginInfo>) => {
      const info = new PluginInfo();
      info.setVersion("1.0.0");
      callback(null, info);
    },
    checkConfig: check,
    diffConfig: ((_, callback) => callback(null, new messages.DiffResponse())) as Unary<
      messages.DiffRequest,
      messages.DiffResponse
    >,
    configure: ((_, callback) => callback(null, new messages.ConfigureResponse().setSupportspreview(true))) as Unary<
      messages.ConfigureRequest,
      messages.ConfigureResponse
    >,
    check,
    diff,
    create: ((call, callback) => {
      create(call.request).then(
        (answer) => callback(null, answer),
        (error: Error) => callback({ code: grpc.status.UNKNOWN, details: error.message }),
      );
    }) as Unary<messages.CreateRequest, messages.CreateResponse>,
    read: ((call, callback) => {
      const found = things.get(call.request.getId());
      const answer = new messages.ReadResponse();
      if (found) {
        answer.setId(call.request.getId());
        answer.setProperties(struct(found));
        answer.setInputs(struct(found));
      }
      callback(null, answer);
    }) as Unary<messages.ReadRequest, messages.ReadResponse>,
    update: ((call, callback) => {
      const inputs = plain(call.request.getNews());
      if (!call.request.getPreview()) things.set(call.request.getId(), inputs);
      callback(null, new messages.UpdateResponse().setProperties(struct(inputs)));
    }) as Unary<messages.UpdateRequest, messages.UpdateResponse>,
    delete: ((call, callback) => {
      things.delete(call.request.getId());
      callback(null, new Empty());
    }) as Unary<messages.DeleteRequest, Empty>,
    cancel: ((_, callback) => {
      cancelled.resolve();
      callback(null, new Empty());
    }) as Unary<Empty, Empty>,
  };

  const server = new grpc.Server();
  server.addService(services.ResourceProviderService, implementation);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return {
    attach: `toy:${port}`,
    things,
    creates: () => creates,
    cancelled: cancelled.promise,
    hold: (label) => {
      const reached = latch();
      const released = latch();
      holds.set(label, { reached: reached.resolve, released: released.promise });
      return {
        reached: reached.promise,
        release: () => {
          holds.delete(label);
          released.resolve();
        },
      };
    },
    close: async () => server.forceShutdown(),
  };
}
