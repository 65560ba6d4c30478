import {
  rdsEncrypted,
  rdsDeletionProtection,
  rdsBackups,
  rdsTagsSnapshots,
  rdsMinorUpgrade,
} from "../../../../policies/database/storage";
import { DATABASE_CASES } from "../cases/database";
import { casesOf, describeRule } from "../cases/rule-cases";

describe("policies/database/storage", () =>
  casesOf(DATABASE_CASES, rdsEncrypted, rdsDeletionProtection, rdsBackups, rdsTagsSnapshots, rdsMinorUpgrade).forEach(
    describeRule,
  ));
