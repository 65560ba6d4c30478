import type { ResourceRule } from "../rule";
import { isSet, isTrue } from "../values";
import { CLUSTER, INSTANCE, SOURCES } from "./types";

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

/** Every way to write a master password; the last two do not reach the state, but the program has them. */
const PASSWORDS = ["masterPassword", "password", "masterPasswordWo", "passwordWo"] as const;

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

/** A cluster writes masterUsername, an instance username. */
const MASTER_NAMES = ["masterUsername", "username"] as const;

/** The master user has a name of its own; without one, AWS refuses the database or it is a copy of another. */
export const rdsMasterName: ResourceRule = {
  id: "rds-master-name",
  title: "The master user has no name that everybody tries",
  why: "Half of a guessed login is the name, and in the log a shared default name is nobody",
  severity: "low",
  level: "advisory",
  references: ["FSBP RDS.24", "FSBP RDS.25"],
  fix: "Write masterUsername (of an instance: username) as a name of your own",
  parameters: {
    names: {
      type: "strings",
      default: ["postgres", "admin", "administrator", "root", "rdsadmin", "master", "mysql", "sa", "user"],
      about: "Names that are taken for defaults",
    },
  },
  types: [CLUSTER, INSTANCE],
  check: ({ props }, { report, part }, { names }) => {
    for (const property of MASTER_NAMES) {
      part(() => {
        const name = props[property];
        if (typeof name === "string" && (names as readonly string[]).includes(name.toLowerCase()))
          report(`${property} is a default name`);
      });
    }
  },
};
