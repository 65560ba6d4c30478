import type { ResourceRule } from "./rule";
import { isSet, isTrue } from "./values";

const CLUSTER = "aws:rds/cluster:Cluster";
const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER_INSTANCE = "aws:rds/clusterInstance:ClusterInstance";
/** Engines without IAM logins (RDS user guide, "IAM database authentication": MariaDB, MySQL and PostgreSQL have them). */
const WITHOUT_IAM = /^(custom-)?(oracle|sqlserver|db2)/;

/** Database logins come from IAM. */
export const rdsIamAuth: ResourceRule = {
  id: "rds-iam-auth",
  title: "A database takes IAM logins",
  why: "Otherwise people share passwords, which nobody can take away from one of them",
  severity: "high",
  level: "mandatory",
  references: ["FSBP RDS.10", "FSBP RDS.12"],
  fix: "Write iamDatabaseAuthenticationEnabled: true",
  types: [CLUSTER, INSTANCE],
  check: ({ props }, { report }) => {
    if (isTrue(props["iamDatabaseAuthenticationEnabled"])) return;
    const engine = props["engine"];
    if (typeof engine !== "string" || !WITHOUT_IAM.test(engine)) report("iamDatabaseAuthenticationEnabled is not on");
  },
};

/** No database has a public address. */
export const rdsNotPublic: ResourceRule = {
  id: "rds-not-public",
  title: "A database has no public address",
  why: "It could be dialled past the tunnel, and every login tried from anywhere",
  severity: "critical",
  level: "mandatory",
  references: ["FSBP RDS.2"],
  fix: "Write publiclyAccessible: false",
  types: [INSTANCE, CLUSTER_INSTANCE],
  check: ({ props }, { report }) => {
    if (isTrue(props["publiclyAccessible"])) report("publiclyAccessible is on");
  },
};

/** Storage is encrypted, which cannot be changed later. */
export const rdsEncrypted: ResourceRule = {
  id: "rds-encrypted",
  title: "A database is encrypted at rest",
  why: "Snapshots and backups carry the data in clear, and encryption cannot be switched on later",
  severity: "high",
  level: "mandatory",
  references: ["FSBP RDS.3", "FSBP RDS.27"],
  fix: "Write storageEncrypted: true",
  types: [CLUSTER, INSTANCE],
  check: ({ props }, { report }) => {
    if (!isTrue(props["storageEncrypted"])) report("storageEncrypted is not on");
  },
};

/** Every way to write a master password; the last two do not reach the state, but the program has them. */
const PASSWORDS = ["masterPassword", "password", "masterPasswordWo", "passwordWo"] as const;
/** A copy of another database has its source's master user. */
const SOURCES = ["replicateSourceDb", "replicationSourceIdentifier"] as const;

/** Only RDS knows the master password. */
export const rdsManagedMaster: ResourceRule = {
  id: "rds-managed-master",
  title: "RDS itself keeps the master password",
  why: "A password that the program writes stands in its state, its logs and with whoever ran it",
  severity: "high",
  level: "mandatory",
  references: ["FSBP SecretsManager.1"],
  fix: "Write manageMasterUserPassword: true and no password property",
  types: [CLUSTER, INSTANCE],
  check: ({ props }, { report, part }) => {
    for (const property of PASSWORDS) {
      part(() => {
        if (isSet(props[property])) report(`${property} is written by the program`);
      });
    }
    part(() => {
      if (isTrue(props["manageMasterUserPassword"]) || SOURCES.some((source) => isSet(props[source]))) return;
      report("manageMasterUserPassword is not on");
    });
  },
};
