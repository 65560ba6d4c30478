import type { ResourceRule } from "../rule";
import { isFalse, isSet, isTrue } from "../values";
import { CLUSTER, CLUSTER_INSTANCE, INSTANCE } from "./types";

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

/** Nobody deletes a database in passing. */
export const rdsDeletionProtection: ResourceRule = {
  id: "rds-deletion-protection",
  title: "A database is protected against deletion, and leaves a last snapshot",
  why: "One wrong run would delete the data and all automatic backups with it",
  severity: "medium",
  level: "advisory",
  references: ["FSBP RDS.7", "FSBP RDS.8"],
  fix: "Write deletionProtection: true and skipFinalSnapshot: false (set this rule to mandatory for production stacks by policy configuration)",
  types: [CLUSTER, INSTANCE],
  check: ({ props }, { report, part }) => {
    part(() => {
      if (!isTrue(props["deletionProtection"])) report("deletionProtection is not on");
    });
    part(() => {
      if (isTrue(props["skipFinalSnapshot"])) report("skipFinalSnapshot is on");
    });
  },
};

/** Backups reach back far enough; a read replica is backed up at its source. */
export const rdsBackups: ResourceRule = {
  id: "rds-backups",
  title: "A database is backed up for a week or longer",
  why: "Damage by a person with write access is often seen only days later",
  severity: "medium",
  level: "advisory",
  references: ["FSBP RDS.11"],
  fix: "Write backupRetentionPeriod: 7 or more (set this rule to mandatory for production stacks by policy configuration)",
  parameters: { minimumDays: { type: "integer", default: 7, about: "Days that a backup is kept at least" } },
  types: [CLUSTER, INSTANCE],
  check: ({ props }, { report }, { minimumDays }) => {
    const days = props["backupRetentionPeriod"];
    if (isSet(days) && Number(days) >= Number(minimumDays)) return;
    if (isSet(props["replicateSourceDb"])) return;
    report(isSet(days) ? "backupRetentionPeriod is too short" : "backupRetentionPeriod is missing");
  },
};

/** Snapshots carry the tags by which rights are given. */
export const rdsTagsSnapshots: ResourceRule = {
  id: "rds-tags-snapshots",
  title: "Snapshots have the tags of their database",
  why: "A right that asks for a tag finds none on a snapshot, and its owner is not told either",
  severity: "low",
  level: "advisory",
  references: ["FSBP RDS.16", "FSBP RDS.17"],
  fix: "Write copyTagsToSnapshot: true",
  types: [CLUSTER, INSTANCE],
  check: ({ props }, { report }) => {
    if (!isTrue(props["copyTagsToSnapshot"])) report("copyTagsToSnapshot is not on");
  },
};

/** Security fixes come by themselves, unless somebody switched that off. */
export const rdsMinorUpgrade: ResourceRule = {
  id: "rds-minor-upgrade",
  title: "A database takes minor upgrades by itself",
  why: "Security fixes of the engine come as minor versions",
  severity: "low",
  level: "advisory",
  references: ["FSBP RDS.13", "FSBP RDS.35"],
  fix: "Leave autoMinorVersionUpgrade out or write true",
  types: [INSTANCE, CLUSTER_INSTANCE],
  check: ({ props }, { report }) => {
    if (isFalse(props["autoMinorVersionUpgrade"])) report("autoMinorVersionUpgrade is off");
  },
};
