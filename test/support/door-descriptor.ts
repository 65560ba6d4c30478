import type { Descriptor } from "../../infra/contract/descriptor";

/** The descriptor of a small environment: one cluster with two databases, three roles. */
export const DESCRIPTOR: Descriptor = {
  v: 1,
  estate: "payments",
  env: "dev",
  account: "000000000000",
  region: "eu-west-2",
  target: { tag: { "sallyport:door": "payments/dev" } },
  clusters: {
    app: {
      resourceId: "cluster-ABC",
      engine: "aurora-postgresql",
      port: 5432,
      documents: { writer: "sp-payments-dev-app-writer", reader: "sp-payments-dev-app-reader" },
      databases: ["app", "billing"],
    },
  },
  roles: {
    developer: { set: "sp-payments-dev-developer", login: "self" },
    readonly: { set: "sp-payments-dev-readonly", login: "self" },
    admin: { set: "sp-payments-dev-admin", login: "separate" },
  },
  documentHashes: { "sp-payments-dev-app-writer": "a".repeat(64), "sp-payments-dev-app-reader": "b".repeat(64) },
};

/** The same with one database. */
export const SMALL_DESCRIPTOR: Descriptor = {
  ...DESCRIPTOR,
  clusters: { app: { ...DESCRIPTOR.clusters.app!, databases: ["app"] } },
};
