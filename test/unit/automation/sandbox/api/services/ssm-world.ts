import { SSMClient } from "@aws-sdk/client-ssm";
import { createHash } from "node:crypto";
import type { IssuedKey } from "../../../../../../automation/sandbox/account/estate";
import { permissionSetPolicy } from "../../../../../../infra/contract/permission-set-policy";
import { apiWorld, type ApiWorld } from "../api-world";

/** The bastion of `payments/dev`, a machine of somebody else, and the pinned document. */
export const BASTION = "i-0123456789abcdef0";
export const STRANGER = "i-0ffffffffffffffff";
export const DOCUMENT = "sp-payments-dev-app-writer";
export const CONTENT = JSON.stringify({
  schemaVersion: "1.0",
  sessionType: "Port",
  parameters: {},
  properties: { host: "db.internal", portNumber: "5432", type: "LocalPortForwarding" },
});

/** A world with a door, and Jane, who may use it by the very policy that the platform writes. */
export interface SsmWorld extends ApiWorld {
  readonly jane: IssuedKey;
  ssm(key?: IssuedKey, region?: string): SSMClient;
  document(name: string, content: object): void;
}

/** Opens it; both machines are connected. */
export async function ssmWorld(): Promise<SsmWorld> {
  const world = await apiWorld();
  const place = { account: "000000000000", region: "eu-west-2", identityRegion: "eu-west-1" };
  const policy = permissionSetPolicy({
    estate: "payments",
    env: "dev",
    ...place,
    attributeKey: "dbuser",
    role: { name: "developer", login: "self" },
    clusters: [{ name: "app", identifier: "payments-dev-app", resourceId: "cluster-AAA" }],
    ends: { persons: [] },
  });
  const document = (name: string, content: object): void => {
    const text = JSON.stringify(content);
    world.add("aws:ssm/document:Document", name, {
      documentType: "Session",
      content: text,
      hash: createHash("sha256").update(text).digest("hex"),
      hashType: "Sha256",
      status: "Active",
      documentVersion: "1",
      defaultVersion: "1",
      latestVersion: "1",
    });
  };
  world.add("aws:ec2/instance:Instance", BASTION, {
    privateIp: "10.0.0.5",
    tagsAll: { "sallyport:door": "payments/dev" },
  });
  world.add("aws:ec2/instance:Instance", STRANGER, {
    privateIp: "10.0.0.6",
    tagsAll: { "sallyport:door": "payments/prod" },
  });
  for (const id of [BASTION, STRANGER]) {
    world.online.add(id);
    world.connected.add(id);
  }
  document(DOCUMENT, JSON.parse(CONTENT) as object);
  return {
    ...world,
    jane: world.person(...(policy.Statement as readonly object[])),
    ssm: (key, region) => new SSMClient(world.client(key, region)),
    document,
  };
}
