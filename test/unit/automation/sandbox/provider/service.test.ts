import assert from "node:assert/strict";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Client, recordingClusters, runnerEnvironment, struct, testEstate, urn } from "./fixture";
import { IDENTITY_ARGS } from "./world";

const VPC = "aws:ec2/vpc:Vpc";
const CALLER = "aws:index/getCallerIdentity:getCallerIdentity";

describe("resource provider service", () => {
  const base = testEstate();
  const options = {
    estate: base.estate,
    environment: runnerEnvironment(base.estate),
    clusters: recordingClusters(),
    sleep: base.sleep,
  };

  it("says who it is and what it can", async () => {
    const client = await Client.connect("aws", options);
    const hands = await client.call<rpc.ProviderHandshakeResponse>((raw, done) =>
      raw.handshake(new rpc.ProviderHandshakeRequest(), done),
    );
    assert.deepEqual(
      [hands.getAcceptSecrets(), hands.getAcceptResources(), hands.getSupportsAutonamingConfiguration()],
      [true, false, true],
    );
    assert.equal(
      (await client.call<PluginInfo>((raw, done) => raw.getPluginInfo(new Empty(), done))).getVersion(),
      "7.48.0",
    );
    const ready = await client.call<rpc.ConfigureResponse>((raw, done) =>
      raw.configure(new rpc.ConfigureRequest().setArgs(struct({})), done),
    );
    assert.deepEqual([ready.getSupportspreview(), ready.getAcceptsecrets()], [true, true]);
    await client.close();
  });

  it("without configuration it does nothing; with a wrong one it says why", async () => {
    const client = await Client.connect("aws", options);
    await assert.rejects(client.invoke(CALLER), /the provider is not configured/);
    await client.close();
    await assert.rejects(
      Client.open("aws", options, { region: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }),
      /whose arguments are not known yet/,
    );
    await assert.rejects(Client.open("aws", options, { allowedAccountIds: '["1"]' }), /AWS account ID not allowed/);
  });

  it("tells provider instances apart by their connection", async () => {
    const first = await Client.open("aws", options);
    const second = new ResourceProviderClient(`127.0.0.1:${first.served.port}`, grpc.credentials.createInsecure(), {
      "grpc.use_local_subchannel_pool": 1,
    });
    const other = Object.assign(Object.create(Client.prototype) as Client, { served: first.served, raw: second });
    await other.call<rpc.ConfigureResponse>((raw, done) =>
      raw.configure(new rpc.ConfigureRequest().setArgs(struct(IDENTITY_ARGS)), done),
    );
    assert.deepEqual(
      [(await first.invoke(CALLER)).accountId, (await other.invoke(CALLER)).accountId],
      ["000000000000", "000000000001"],
    );
    second.close();
    await first.close();
  });

  it("T113 checkConfig names what is not simulated, diffConfig what changed", async () => {
    const client = await Client.connect("aws", options);
    const checked = await client.call<rpc.CheckResponse>((raw, done) =>
      raw.checkConfig(new rpc.CheckRequest().setNews(struct({ region: "eu-west-2", endpoints: "[]" })), done),
    );
    assert.deepEqual(
      checked.getFailuresList().map((one) => one.getProperty()),
      ["endpoints"],
    );
    const request = new rpc.DiffRequest().setOlds(struct({ region: "a" })).setNews(struct({ region: "b" }));
    const diffed = await client.call<rpc.DiffResponse>((raw, done) => raw.diffConfig(request, done));
    assert.deepEqual([diffed.getDiffsList(), diffed.getReplacesList()], [["region"], []]);
    await client.close();
  });

  it("a detailed difference says kind, path and whether an input moved", async () => {
    const client = await Client.open("aws", options);
    const vpc = await client.make(VPC, { cidrBlock: "10.0.0.0/16", tags: { a: "1" } });
    const request = new rpc.DiffRequest()
      .setId(vpc.id)
      .setUrn(urn(VPC))
      .setOlds(struct(vpc.outputs))
      .setOldInputs(struct(vpc.inputs));
    const news = (await client.check(VPC, { cidrBlock: "10.1.0.0/16", tags: { b: "2" } }, vpc.inputs)).inputs;
    const response = await client.call<rpc.DiffResponse>((raw, done) => raw.diff(request.setNews(struct(news)), done));
    const details = [...response.getDetaileddiffMap().entries()] as [string, rpc.PropertyDiff][];
    const { Kind } = rpc.PropertyDiff;
    assert.deepEqual(details.map(([path, one]) => [path, one.getKind(), one.getInputdiff()]).sort(), [
      ["cidrBlock", Kind.UPDATE_REPLACE, true],
      ["tags.a", Kind.DELETE, true],
      ["tags.b", Kind.ADD, true],
    ]);
    assert.deepEqual([response.getReplacesList(), response.getDiffsList()], [["cidrBlock"], ["cidrBlock", "tags"]]);
    await client.close();
  });
});
