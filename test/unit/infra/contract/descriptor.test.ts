import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeDescriptor, encodeDescriptor } from "../../../../infra/contract/descriptor";
import { descriptorOf } from "../../../../infra/contract/descriptor-content";
import { problemLines, valueOf } from "./sample";

const HASH = "a".repeat(64);
const DESCRIPTOR = descriptorOf({
  estate: "payments",
  env: "dev",
  account: "111122223333",
  region: "eu-west-2",
  clusters: [{ name: "app", resourceId: "cluster-ABC", port: 5432, databases: ["app"] }],
  roles: [{ name: "developer", login: "self" }],
  documentHashes: { "sp-payments-dev-app-writer": HASH, "sp-payments-dev-app-reader": HASH },
});

describe("descriptor", () => {
  it("has exactly the documented fields", () => {
    assert.deepEqual(JSON.parse(valueOf(encodeDescriptor(DESCRIPTOR))), {
      v: 1,
      estate: "payments",
      env: "dev",
      account: "111122223333",
      region: "eu-west-2",
      target: { tag: { "sallyport:door": "payments/dev" } },
      clusters: {
        app: {
          resourceId: "cluster-ABC",
          engine: "aurora-postgresql",
          port: 5432,
          documents: { writer: "sp-payments-dev-app-writer", reader: "sp-payments-dev-app-reader" },
          databases: ["app"],
        },
      },
      roles: { developer: { set: "sp-payments-dev-developer", login: "self" } },
      documentHashes: { "sp-payments-dev-app-writer": HASH, "sp-payments-dev-app-reader": HASH },
    });
  });

  it("comes back as it went", () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/);
    fc.assert(
      fc.property(name, name, fc.integer({ min: 1, max: 65_535 }), (estate, env, port) => {
        const documentHashes = { [`sp-${estate}-${env}-app-writer`]: HASH, [`sp-${estate}-${env}-app-reader`]: HASH };
        const clusters = [{ name: "app", resourceId: "cluster-ABC", port, databases: ["app"] }];
        const descriptor = descriptorOf({
          estate,
          env,
          account: "111122223333",
          region: "eu-west-2",
          clusters,
          roles: [],
          documentHashes,
        });
        assert.deepEqual(valueOf(decodeDescriptor(valueOf(encodeDescriptor(descriptor)))), descriptor);
      }),
    );
  });

  it("refuses unknown fields at any depth, and other versions", () => {
    const raw = {
      ...DESCRIPTOR,
      v: 2,
      host: "evil",
      clusters: { app: { ...DESCRIPTOR.clusters["app"], endpoint: "evil" } },
    };
    assert.deepEqual(problemLines(decodeDescriptor(JSON.stringify(raw))), [
      "v | 2 | version 1: another version of sallyport wrote this",
      "clusters.app.endpoint | an unknown key | one of the keys resourceId, engine, port, documents, databases",
      "host | an unknown key | one of the keys v, estate, env, account, region, target, clusters, roles, documentHashes",
    ]);
  });

  it("refuses names that do not follow from estate and environment, and a document without hash", () => {
    const raw = {
      ...DESCRIPTOR,
      target: { tag: { "sallyport:door": "payments/prod" } },
      roles: { developer: { set: "sp-payments-prod-developer", login: "self" } },
      documentHashes: { "sp-payments-dev-app-writer": HASH },
    };
    assert.deepEqual(problemLines(decodeDescriptor(JSON.stringify(raw))), [
      'target.tag | {"sallyport:door":"payments/prod"} | {"sallyport:door":"payments/dev"}',
      "documentHashes.sp-payments-dev-app-reader | nothing | a SHA-256 in hexadecimal",
      'roles.developer.set | "sp-payments-prod-developer" | "sp-payments-dev-developer"',
    ]);
  });

  it("refuses text that is not JSON", () => {
    assert.deepEqual(problemLines(decodeDescriptor("{")), ["descriptor | text that is not JSON | a descriptor"]);
  });

  it("is refused over 4096 bytes with the arithmetic", () => {
    const databases = Array.from({ length: 100 }, (_, index) => `${"d".repeat(40)}${index}`);
    const big = { ...DESCRIPTOR, clusters: { app: { ...DESCRIPTOR.clusters["app"], databases } } } as typeof DESCRIPTOR;
    const size = JSON.stringify(big).length;
    assert.deepEqual(problemLines(encodeDescriptor(big)), [
      `descriptor | ${size} bytes | at most 4096 bytes: it has ${size}, ${size - 4096} too many: use fewer clusters, databases or roles in one environment`,
    ]);
  });
});
