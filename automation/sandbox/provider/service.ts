import type { Sleep } from "./aws-context";
import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import type { Props } from "../account/estate";
import type { PropertyChange } from "./protocol/diff";
import type { Naming } from "./protocol/auto-name";
import { decode, encode, hasUnknown } from "./protocol/values";
import { initFailed } from "./init-failed";
import type { DiffRequest, Made, ProviderInstance, ProviderPackage } from "./provider";

type Handler<Request, Response> = (request: Request, peer: string) => Promise<Response> | Response;

const MODES: Readonly<Record<number, Naming["mode"]>> = { 0: "propose", 1: "enforce", 2: "disable" };
const KINDS = {
  add: [rpc.PropertyDiff.Kind.ADD, rpc.PropertyDiff.Kind.ADD_REPLACE],
  delete: [rpc.PropertyDiff.Kind.DELETE, rpc.PropertyDiff.Kind.DELETE_REPLACE],
  update: [rpc.PropertyDiff.Kind.UPDATE, rpc.PropertyDiff.Kind.UPDATE_REPLACE],
} as const;

/**
 * `pulumirpc.ResourceProvider` over a package. Each connection is a provider instance of its own: requests do not say which instance
 * they belong to, so its configuration is kept by peer.
 *
 * @param sleep waits real milliseconds; rejects once the engine cancelled (`cancel` is called).
 */
export function providerService(
  pack: ProviderPackage,
  sleep: Sleep,
  cancel: () => void,
): grpc.UntypedServiceImplementation {
  const instances = new Map<string, ProviderInstance>();
  const instanceOf = (peer: string): ProviderInstance => {
    // A connection that broke comes back under another peer; with one instance there is no doubt whose it is.
    const found = instances.get(peer) ?? (instances.size === 1 ? [...instances.values()][0] : undefined);
    if (!found) throw new Error("the provider is not configured");
    return found;
  };
  const configure = (request: rpc.ConfigureRequest, peer: string): rpc.ConfigureResponse => {
    const { props } = decode(request.getArgs());
    if (hasUnknown(props) && !pack.takesUnknownArguments)
      throw new Error("the sandbox does not simulate a provider whose arguments are not known yet");
    instances.set(peer, pack.configure(props, sleep));
    const response = new rpc.ConfigureResponse();
    response.setAcceptsecrets(true);
    response.setSupportspreview(true);
    response.setAcceptresources(false);
    response.setSupportsAutonamingConfiguration(true);
    return response;
  };
  return {
    handshake: unary(() => handshake()),
    attach: unary(() => new Empty()),
    cancel: unary(() => {
      cancel();
      return new Empty();
    }),
    getPluginInfo: unary(() => new PluginInfo().setVersion(pack.version)),
    checkConfig: unary((request: rpc.CheckRequest) => {
      const news = decode(request.getNews());
      const response = new rpc.CheckResponse().setInputs(encode(news.props, news.secrets));
      return response.setFailuresList(pack.checkConfig(news.props).map(failure));
    }),
    diffConfig: unary((request: rpc.DiffRequest) => {
      const [olds, news] = [decode(request.getOlds()).props, decode(request.getNews()).props];
      return diffResponse(configChanges(olds, news), false);
    }),
    configure: unary(configure),
    check: unary((request: rpc.CheckRequest, peer) => check(instanceOf(peer), request)),
    diff: unary((request: rpc.DiffRequest, peer) => {
      const { changes, deleteBeforeReplace } = instanceOf(peer).diff(tokenOf(request), diffRequest(request));
      return diffResponse(changes, deleteBeforeReplace);
    }),
    create: unary((request: rpc.CreateRequest, peer) => create(instanceOf(peer), request)),
    read: unary((request: rpc.ReadRequest, peer) => read(instanceOf(peer), request)),
    update: unary((request: rpc.UpdateRequest, peer) => update(instanceOf(peer), request)),
    delete: unary(async (request: rpc.DeleteRequest, peer) => {
      await instanceOf(peer).delete(tokenOf(request), request.getId(), decode(request.getProperties()).props);
      return new Empty();
    }),
    invoke: unary(async (request: rpc.InvokeRequest, peer) => {
      const { result, secrets } = await instanceOf(peer).invoke(request.getTok(), decode(request.getArgs()).props);
      return new rpc.InvokeResponse().setReturn(encode(result, new Set(secrets)));
    }),
  };
}

function check(instance: ProviderInstance, request: rpc.CheckRequest): rpc.CheckResponse {
  const [news, olds] = [decode(request.getNews()), decode(request.getOlds())];
  const autonaming = request.getAutonaming();
  const naming: Naming = {
    logicalName: request.getName() || request.getUrn().split("::").at(-1) || "",
    seed: Buffer.from(request.getRandomseed_asU8()),
    mode: autonaming ? (MODES[autonaming.getMode()] ?? "provider") : "provider",
    proposed: autonaming?.getProposedName() ?? "",
  };
  const { inputs, failures } = instance.check(tokenOf(request), news.props, olds.props, naming);
  return new rpc.CheckResponse().setInputs(encode(inputs, news.secrets)).setFailuresList(failures.map(failure));
}

async function create(instance: ProviderInstance, request: rpc.CreateRequest): Promise<rpc.CreateResponse> {
  const { props, secrets } = decode(request.getProperties());
  const token = tokenOf(request);
  const hidden = secretsOf(instance, token, secrets);
  if (request.getPreview())
    return new rpc.CreateResponse().setProperties(encode(instance.previewCreate(token, props), hidden));
  const made = refusePartial(await instance.create(token, props), props, hidden);
  return new rpc.CreateResponse().setId(made.id).setProperties(encode(made.outputs, hidden));
}

async function update(instance: ProviderInstance, request: rpc.UpdateRequest): Promise<rpc.UpdateResponse> {
  const token = tokenOf(request);
  const news = decode(request.getNews());
  const hidden = secretsOf(instance, token, news.secrets);
  const asked = diffRequest(request);
  if (request.getPreview())
    return new rpc.UpdateResponse().setProperties(encode(instance.previewUpdate(token, asked), hidden));
  const made = refusePartial(await instance.update(token, asked), news.props, hidden);
  return new rpc.UpdateResponse().setProperties(encode(made.outputs, hidden));
}

async function read(instance: ProviderInstance, request: rpc.ReadRequest): Promise<rpc.ReadResponse> {
  const token = tokenOf(request);
  const [state, inputs] = [decode(request.getProperties()), decode(request.getInputs())];
  const found = await instance.read(token, request.getId(), state.props, inputs.props);
  if (!found) return new rpc.ReadResponse();
  const hidden = secretsOf(instance, token, inputs.secrets);
  return new rpc.ReadResponse()
    .setId(found.id)
    .setProperties(encode(found.outputs, hidden))
    .setInputs(encode(found.inputs, hidden));
}

function refusePartial(made: Made, inputs: Props, secrets: ReadonlySet<string>): Made {
  if (made.reasons.length > 0) throw initFailed(made, inputs, secrets);
  return made;
}

function secretsOf(instance: ProviderInstance, token: string, given: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...given, ...instance.secretOutputs(token)]);
}

function diffRequest(request: rpc.DiffRequest | rpc.UpdateRequest): DiffRequest {
  return {
    id: request.getId(),
    state: decode(request.getOlds()).props,
    oldInputs: decode(request.getOldInputs()).props,
    news: decode(request.getNews()).props,
    ignore: request.getIgnorechangesList(),
  };
}

function diffResponse(changes: readonly PropertyChange[], deleteBeforeReplace: boolean): rpc.DiffResponse {
  const response = new rpc.DiffResponse();
  response.setChanges(
    changes.length > 0 ? rpc.DiffResponse.DiffChanges.DIFF_SOME : rpc.DiffResponse.DiffChanges.DIFF_NONE,
  );
  const nameOf = (path: string): string => path.split(/[.[]/)[0] ?? path;
  response.setDiffsList([...new Set(changes.map(({ path }) => nameOf(path)))]);
  response.setReplacesList([...new Set(changes.filter(({ replace }) => replace).map(({ path }) => nameOf(path)))]);
  response.setDeletebeforereplace(deleteBeforeReplace);
  response.setHasdetaileddiff(true);
  for (const { path, kind, replace } of changes) {
    const detail = new rpc.PropertyDiff();
    detail.setKind(KINDS[kind][replace ? 1 : 0]);
    // `tagsAll` and a moved region are no inputs of the program.
    detail.setInputdiff(nameOf(path) !== "tagsAll" && path !== "region");
    response.getDetaileddiffMap().set(path, detail);
  }
  return response;
}

function configChanges(olds: Props, news: Props): PropertyChange[] {
  const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
  return keys.flatMap((key): PropertyChange[] =>
    JSON.stringify(olds[key]) === JSON.stringify(news[key]) ? [] : [{ path: key, kind: "update", replace: false }],
  );
}

function handshake(): rpc.ProviderHandshakeResponse {
  const response = new rpc.ProviderHandshakeResponse();
  response.setAcceptSecrets(true);
  response.setAcceptResources(false);
  response.setAcceptOutputs(false);
  response.setSupportsAutonamingConfiguration(true);
  return response;
}

function failure({ property, reason }: { readonly property: string; readonly reason: string }): rpc.CheckFailure {
  return new rpc.CheckFailure().setProperty(property).setReason(reason);
}

function tokenOf(request: { getType(): string; getUrn(): string }): string {
  return request.getType() || (request.getUrn().split("::")[2] ?? "").split("$").at(-1) || "";
}

/** A unary method: whatever is thrown becomes an error status with its text. */
function unary<Request, Response>(handler: Handler<Request, Response>): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => handler(call.request, call.getPeer()))
      .then((response) => callback(null, response))
      .catch((error: unknown) => {
        const details = error instanceof Error ? error.message : String(error);
        const metadata =
          error instanceof Error && "metadata" in error && error.metadata instanceof grpc.Metadata
            ? { metadata: error.metadata }
            : {};
        callback({ code: grpc.status.UNKNOWN, details, ...metadata });
      });
  };
}
