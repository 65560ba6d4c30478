import { rdsNotPublic } from "../../../../policies/database/doors";
import { rdsIamAuth, rdsManagedMaster } from "../../../../policies/database/logins";
import { rdsEncrypted } from "../../../../policies/database/storage";
import { UNKNOWN } from "../run-rule";
import type { RuleCases } from "./rule-cases";

const CLUSTER = "aws:rds/cluster:Cluster";
const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER_INSTANCE = "aws:rds/clusterInstance:ClusterInstance";
const SECRET = "hunter2-hunter2";

export const RDS_CASES: readonly RuleCases[] = [
  {
    rule: rdsIamAuth,
    ok: [
      { title: "a cluster with it", props: { iamDatabaseAuthenticationEnabled: true, engine: "aurora-postgresql" } },
      { title: "an instance with it", type: INSTANCE, props: { iamDatabaseAuthenticationEnabled: true } },
      { title: "written as text", props: { iamDatabaseAuthenticationEnabled: "true" } },
      { title: "an engine that has no IAM logins", type: INSTANCE, props: { engine: "sqlserver-se" } },
    ],
    bad: [
      {
        title: "off",
        props: { iamDatabaseAuthenticationEnabled: false },
        found: ["iamDatabaseAuthenticationEnabled is not on"],
      },
      {
        title: "missing",
        props: { engine: "postgres" },
        type: INSTANCE,
        found: ["iamDatabaseAuthenticationEnabled is not on"],
      },
      { title: "nothing at all", props: {}, found: ["iamDatabaseAuthenticationEnabled is not on"] },
    ],
    unknown: [
      {
        title: "the switch",
        props: { iamDatabaseAuthenticationEnabled: UNKNOWN },
        open: ["iamDatabaseAuthenticationEnabled"],
      },
      { title: "the engine", props: { engine: UNKNOWN }, open: ["engine"] },
    ],
  },
  {
    rule: rdsNotPublic,
    ok: [
      { title: "off", props: { publiclyAccessible: false } },
      { title: "missing, which is off", type: CLUSTER_INSTANCE, props: {} },
    ],
    bad: [
      {
        title: "an instance",
        type: INSTANCE,
        props: { publiclyAccessible: true },
        found: ["publiclyAccessible is on"],
      },
      {
        title: "a cluster's instance",
        type: CLUSTER_INSTANCE,
        props: { publiclyAccessible: true },
        found: ["publiclyAccessible is on"],
      },
    ],
    unknown: [{ title: "the switch", props: { publiclyAccessible: UNKNOWN }, open: ["publiclyAccessible"] }],
  },
  {
    rule: rdsEncrypted,
    ok: [
      { title: "a cluster", props: { storageEncrypted: true } },
      {
        title: "an instance whose key is not known yet",
        type: INSTANCE,
        props: { storageEncrypted: true, kmsKeyId: UNKNOWN },
      },
    ],
    bad: [
      { title: "off", props: { storageEncrypted: false }, found: ["storageEncrypted is not on"] },
      { title: "missing", type: INSTANCE, props: { kmsKeyId: "k" }, found: ["storageEncrypted is not on"] },
    ],
    unknown: [{ title: "the switch", props: { storageEncrypted: UNKNOWN }, open: ["storageEncrypted"] }],
  },
  {
    rule: rdsManagedMaster,
    ok: [
      { title: "managed", props: { manageMasterUserPassword: true } },
      { title: "a replica, whose source has the master", type: INSTANCE, props: { replicateSourceDb: "orders" } },
      { title: "a cluster's replica", props: { replicationSourceIdentifier: "orders" } },
    ],
    bad: [
      { title: "missing", props: {}, found: ["manageMasterUserPassword is not on"] },
      {
        title: "a cluster's password, which is not printed",
        type: CLUSTER,
        props: { masterPassword: SECRET },
        found: ["masterPassword is written by the program", "manageMasterUserPassword is not on"],
      },
      {
        title: "an instance's password, which is not printed",
        type: INSTANCE,
        props: { password: SECRET },
        found: ["password is written by the program", "manageMasterUserPassword is not on"],
      },
      {
        title: "a write-only password",
        props: { masterPasswordWo: SECRET, manageMasterUserPassword: true },
        found: ["masterPasswordWo is written by the program"],
      },
      {
        title: "an instance's write-only password",
        type: INSTANCE,
        props: { passwordWo: SECRET, manageMasterUserPassword: true },
        found: ["passwordWo is written by the program"],
      },
    ],
    unknown: [
      {
        title: "a password that is made in the same run: what is known is still reported",
        props: { masterPassword: UNKNOWN },
        open: ["masterPassword"],
        found: ["manageMasterUserPassword is not on"],
      },
      { title: "the switch", props: { manageMasterUserPassword: UNKNOWN }, open: ["manageMasterUserPassword"] },
      { title: "the source of a replica", props: { replicateSourceDb: UNKNOWN }, open: ["replicateSourceDb"] },
    ],
  },
];
