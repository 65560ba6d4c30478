import assert from "node:assert/strict";
import type { Json, Props } from "../../../../../automation/sandbox/account/estate";
import { AWS_FACTS, type Kind } from "../../../../../automation/sandbox/provider/facts/facts";
import { UNKNOWN } from "../../../../../automation/sandbox/provider/protocol/values";
import { buildAll, buildCluster, openWorld, type Built, type World } from "./world";
import { plainText } from "../../../../../automation/sandbox/account/plain-text";

/** Another value of a kind than the one given. */
function other(kind: Kind, now: Json | undefined): Json {
  if (kind === "string") return "changed";
  if (kind === "number") return 4242;
  if (kind === "boolean") return now !== true;
  if (kind === "map") return { changed: "x" };
  if (Array.isArray(kind)) return [other(kind[0] as Kind, undefined)];
  const [member, inner] = Object.entries(kind)[0] ?? ["", "string"];
  const name = member.replace("!", "");
  return { [name]: other(inner, (now as Props | undefined)?.[name]) };
}

/** Inputs whose replacement depends on the value, and inputs that take a JSON text. */
const CONDITIONAL: Readonly<Record<string, readonly string[]>> = {
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": [
    "cidrIpv4",
    "cidrIpv6",
    "prefixListId",
    "referencedSecurityGroupId",
  ],
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": [
    "cidrIpv4",
    "cidrIpv6",
    "prefixListId",
    "referencedSecurityGroupId",
  ],
  "aws:ec2/instance:Instance": ["instanceType"],
};

describe("simulated AWS provider, all types", () => {
  let world: World;
  let built: Built[];

  before(async () => {
    world = await openWorld();
    built = await buildAll(world);
  });
  after(() => world.close());

  it("the fixture has every type of the table", () => {
    assert.deepEqual([...new Set(built.map(({ token }) => token))].sort(), Object.keys(AWS_FACTS).sort());
  });

  it("T1 preview of a creation leaves id and every pure output unknown, and knows what the program said", async () => {
    for (const { token, news, inputs } of built) {
      const outputs = await world.of(token).preview(token, inputs);
      const facts = AWS_FACTS[token];
      for (const key of facts?.pure ?? []) {
        if (key === "tagsAll") continue;
        assert.equal(outputs[key], UNKNOWN, `${token} ${key}`);
      }
      for (const [key, value] of Object.entries(news)) assert.deepEqual(outputs[key], value, `${token} ${key}`);
      assert.equal("id" in outputs, false);
    }
  });

  it("T2 ids and generated outputs match their patterns", () => {
    for (const { token, id, outputs } of built) {
      const facts = AWS_FACTS[token];
      const account = token.startsWith("aws:ssoadmin/") ? "000000000001" : "000000000000";
      const fill = (pattern: string): RegExp =>
        new RegExp(
          pattern.replace(/\{([a-zA-Z]+)( without leading slash)?\}/g, (_whole, key: string, bare?: string) => {
            if (key === "region" || key === "account") return key === "account" ? account : plainText(outputs.region);
            return bare === undefined ? plainText(outputs[key]) : plainText(outputs[key]).replace(/^\//, "");
          }),
        );
      if (facts?.id.startsWith("^")) assert.match(id, new RegExp(facts.id), token);
      assert.equal(outputs.id, id, token);
      for (const [key, pattern] of Object.entries(facts?.computed ?? {})) {
        const value = outputs[key];
        if (Array.isArray(value)) continue;
        // Not every endpoint has a prefix list, not every group a key.
        if (value === "" && !["arn"].includes(key)) continue;
        assert.match(plainText(value), fill(pattern), `${token} ${key}`);
      }
    }
  });

  it("T3 each required input that is left out fails the check, by name", async () => {
    for (const { token, news } of built) {
      for (const key of AWS_FACTS[token]?.required ?? []) {
        const { [key]: _gone, ...rest } = news;
        const { failures } = await world.of(token).check(token, rest);
        assert.match(failures[key] ?? "", /Missing required argument/, `${token} ${key}`);
      }
    }
  });

  it("T4 exactly the inputs of the table replace", async () => {
    for (const resource of built) {
      const facts = AWS_FACTS[resource.token];
      for (const [key, kind] of Object.entries(facts?.inputs ?? {})) {
        if (key === "tags" || CONDITIONAL[resource.token]?.includes(key)) continue;
        const { replaces, changed } = await world
          .of(resource.token)
          .diff(resource, { ...resource.news, [key]: other(kind, resource.outputs[key]) });
        const expected = facts?.replace.includes(key) === true || key === "region";
        assert.deepEqual([changed, replaces], [true, expected ? [key] : []], `${resource.token} ${key}`);
      }
    }
  });

  it("T5, T6 the same program again changes nothing: neither defaults nor what AWS filled", async () => {
    for (const resource of built) {
      const { paths } = await world.of(resource.token).diff(resource, resource.news);
      assert.deepEqual(paths, [], resource.token);
      for (const [key, value] of Object.entries(AWS_FACTS[resource.token]?.defaults ?? {})) {
        if (!(key in resource.news)) assert.deepEqual(resource.outputs[key], value, `${resource.token} ${key}`);
      }
    }
  });

  it("T7, T8 a missing object reads as gone and is deleted without complaint", async () => {
    for (const { token, outputs } of built) {
      const id = `${token}-missing`;
      assert.deepEqual(await world.of(token).read(token, id), { id: "", outputs: {}, inputs: {} }, token);
      await world.of(token).remove({ token, id, outputs });
    }
  });

  it("a refresh without drift gives back the program's own inputs", async () => {
    for (const { token, id, outputs, inputs } of built) {
      const read = await world.of(token).read(token, id, outputs, inputs);
      assert.deepEqual(read.inputs, inputs, token);
      if (token !== "aws:rds/cluster:Cluster") assert.deepEqual(read.outputs, outputs, token);
    }
  });

  it("an import reads inputs that change nothing when they become the program", async () => {
    for (const { token, id, secrets } of built) {
      const { outputs, inputs } = await world.of(token).read(token, id);
      const { __defaults: _none, ...news } = inputs;
      assert.deepEqual((await world.of(token).diff({ token, id, outputs, inputs, secrets }, news)).replaces, [], token);
    }
  });

  it("T112 unknown resource types and functions are refused by name", async () => {
    await assert.rejects(
      world.aws.make("aws:s3/bucket:Bucket", {}),
      /the sandbox does not simulate the resource type aws:s3\/bucket:Bucket/,
    );
    await assert.rejects(
      world.aws.invoke("aws:ec2/getVpc:getVpc"),
      /the sandbox does not simulate the function aws:ec2\/getVpc:getVpc/,
    );
  });

  it("T113 unknown inputs of a known type are refused by name, nested ones too", async () => {
    for (const { token, news } of built) {
      const { failures } = await world.of(token).check(token, { ...news, cidrblock: "x" });
      assert.match(failures.cidrblock ?? "", /Invalid or unknown key/, token);
    }
    const { failures } = await world.aws.check("aws:ec2/instance:Instance", {
      ami: "ami-1",
      metadataOptions: { httpToken: "required" },
    });
    assert.deepEqual(failures, { "metadataOptions.httpToken": "Invalid or unknown key" });
    await assert.rejects(
      world.aws.invoke("aws:ssm/getParameter:getParameter", { name: "/a", shape: 1 }),
      /does not simulate its argument shape/,
    );
  });

  it("T111 nothing that only AWS can know is refused at preview", async () => {
    const empty = await openWorld();
    for (const { token, inputs } of built) await empty.of(token).preview(token, inputs);
    assert.deepEqual(
      empty.estate.objects.filter((one) => one.hidden.seeded !== true),
      [],
    );
    await empty.close();
  });
});

describe("simulated AWS provider, life of an object", () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld({ defaultTags: JSON.stringify({ tags: { Owner: "platform", Name: "default" } }) });
  });
  afterEach(() => world.close());

  const VPC = "aws:ec2/vpc:Vpc";

  it("T9 secret outputs come back as secrets, and so does what came in as one", async () => {
    const parameter = await world.aws.make("aws:ssm/parameter:Parameter", {
      name: "/a",
      type: "SecureString",
      value: "s3cret",
    });
    assert.deepEqual(parameter.secrets, ["value"]);
  });

  it("T10 tagsAll is the provider's tags under the resource's own", async () => {
    const vpc = await world.aws.make(VPC, { cidrBlock: "10.0.0.0/16", tags: { Name: "own" } });
    assert.deepEqual([vpc.outputs.tags, vpc.outputs.tagsAll], [{ Name: "own" }, { Owner: "platform", Name: "own" }]);
    const renamed = await world.aws.diff(vpc, { cidrBlock: "10.0.0.0/16", tags: { Name: "new", "a:b": "c" } });
    assert.deepEqual([renamed.paths, renamed.replaces], [["tags.Name", 'tags["a:b"]'].sort(), []]);
  });

  it("T11 the region argument puts the object there, and a change of it replaces", async () => {
    const vpc = await world.aws.make(VPC, { cidrBlock: "10.0.0.0/16", region: "eu-central-1" });
    assert.equal(vpc.outputs.region, "eu-central-1");
    assert.equal(world.estate.find(VPC, vpc.id)?.region, "eu-central-1");
    assert.deepEqual((await world.aws.diff(vpc, { cidrBlock: "10.0.0.0/16" })).replaces, ["region"]);
    assert.equal((await world.aws.read(VPC, vpc.id, vpc.outputs, vpc.inputs)).id, vpc.id);
    await world.aws.remove(vpc);
    assert.deepEqual(world.estate.list(VPC), []);
  });

  it("T12 an auto-name stays over updates and has its limits", async () => {
    const token = "aws:iam/role:Role";
    const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
    const first = await world.aws.check(token, { assumeRolePolicy }, {}, "door");
    assert.match(plainText(first.inputs.name), /^door-[0-9a-f]{7}$/);
    const again = await world.aws.check(
      token,
      { assumeRolePolicy, description: "x" },
      { ...first.inputs, name: "door-1234567" },
      "door",
    );
    assert.equal(again.inputs.name, "door-1234567");
    const { failures } = await world.aws.check(token, { assumeRolePolicy }, {}, "d".repeat(57));
    assert.match(failures.name ?? "", /longer than maximum length 64/);
  });

  it("T13 an equivalent policy is no difference", async () => {
    const policy = (document: object): string => JSON.stringify(document);
    const news = {
      name: "r",
      assumeRolePolicy: policy({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
      }),
    };
    const role = await world.aws.make("aws:iam/role:Role", news);
    const same = policy({
      Statement: { Principal: { Service: ["ec2.amazonaws.com"] }, Action: ["sts:AssumeRole"], Effect: "Allow" },
      Version: "2012-10-17",
    });
    assert.equal((await world.aws.diff(role, { ...news, assumeRolePolicy: same })).changed, false);
    const wider = policy({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ssm.amazonaws.com" } }],
    });
    assert.deepEqual((await world.aws.diff(role, { ...news, assumeRolePolicy: wider })).paths, ["assumeRolePolicy"]);
  });

  it("T14 a creation that fails late leaves an id, and destroy cleans up", async () => {
    world.clusters.fail = new Error("no room");
    await assert.rejects(
      buildCluster(world),
      (error: { metadata?: { get(key: string): Buffer[] }; details?: string }) => {
        assert.equal(error.details, "creating RDS Cluster (app): no room");
        const detail = Buffer.concat(error.metadata?.get("grpc-status-details-bin") ?? []).toString("latin1");
        assert.match(detail, /pulumirpc\.ErrorResourceInitFailed/);
        return true;
      },
    );
    const object = world.estate.find("aws:rds/cluster:Cluster", "app");
    assert.equal(object?.hidden.status, "creating");
    await world.aws.remove({ token: "aws:rds/cluster:Cluster", id: "app", outputs: object?.props ?? {} });
    assert.deepEqual(world.estate.list("aws:rds/cluster:Cluster"), []);
  });

  it("drift of an input becomes an input and a difference; ignored ones are none", async () => {
    const news: Props = { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true };
    const vpc = await world.aws.make(VPC, news);
    const object = world.estate.find(VPC, vpc.id);
    if (object) object.props.enableDnsHostnames = false;
    const { outputs, inputs } = await world.aws.read(VPC, vpc.id, vpc.outputs, vpc.inputs);
    assert.equal(inputs.enableDnsHostnames, false);
    assert.deepEqual((await world.aws.diff({ ...vpc, outputs, inputs }, news)).paths, ["enableDnsHostnames"]);
    assert.equal((await world.aws.diff({ ...vpc, outputs, inputs }, news, ["enableDnsHostnames"])).changed, false);
  });

  it("an input that is taken out again goes from the object, unless AWS fills it", async () => {
    const vpc = await world.aws.make(VPC, { cidrBlock: "10.0.0.0/16", tags: { a: "1" }, enableDnsHostnames: true });
    const news = { cidrBlock: "10.0.0.0/16" };
    assert.deepEqual(
      (await world.aws.diff(vpc, news)).paths,
      ["enableDnsHostnames", "tags.Name", "tags.Owner", "tags.a"].filter((path) => !/Name|Owner/.test(path)),
    );
    const updated = await world.aws.update(vpc, news);
    assert.deepEqual([updated.outputs.tags, updated.outputs.enableDnsHostnames], [undefined, false]);
    assert.equal((await world.aws.diff(updated, news)).changed, false);
  });

  it("the update of an object that somebody deleted fails", async () => {
    const vpc = await world.aws.make(VPC, { cidrBlock: "10.0.0.0/16" });
    world.estate.objects.length = 0;
    await assert.rejects(
      world.aws.update(vpc, { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true }),
      /updating EC2 VPC \(vpc-\w+\): couldn't find resource/,
    );
  });
});
