import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import type * as infra from "../../../infra/platform";
// Beforehand, because the SDK of AWS sets a global of its own, which would count as a test's leak.
import "../../../infra/platform";
import { RULES } from "../../../policies/pack";
import { MUTATIONS, type Patch } from "../../mutations/rows";
import { compiledMutation } from "../../support/mutated-infra";
import { scratchFolder } from "../../support/scratch-folder";
import { platformArgs } from "../infra/recorded";
import { gateConfiguration, platformSamples, saidOf } from "./platform-samples";

/** Rows whose tests look further than one refusal (test/mutations/further-rows.test.ts). */
const FURTHER: readonly { readonly row: string; readonly title: string; readonly patch: Patch }[] = [
  {
    row: "9",
    title: "no tag on the bastion",
    patch: {
      file: "infra/bastion/bastion.ts",
      find: "          [DOOR_TAG_KEY]: doorTagValue(args.estate, args.env),\n",
      replace: "",
    },
  },
  {
    row: "11",
    title: "a document that lets the caller choose the host",
    patch: {
      file: "infra/contract/session-document.ts",
      find: "      host: pinned.host,",
      replace: '      host: "{{ host }}",',
    },
  },
  {
    row: "16",
    title: "no account assignment",
    patch: {
      file: "infra/access/permission-sets.ts",
      find: "for (const principal of role.principals)",
      replace: "for (const principal of [] as typeof role.principals)",
    },
  },
];

/** Row → rules that name it, and nobody else does. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  "1": ["vpce-required"],
  "2": ["net-vpc-dns"],
  "3": ["vpce-private-dns"],
  "10": ["sso-expected-reach"],
  "11": ["ssm-doc-port-pinned"],
  "12": ["sso-connect-scoped", "sso-expected-reach"],
  "13": ["sso-connect-scoped", "sso-expected-reach"],
  "15": ["rds-iam-auth"],
  "17": ["rds-subnet-azs"],
  "18": ["rds-managed-master"],
};

/**
 * Rows that open nothing and break no rule of security: something that is needed is not there, and the account itself says so. Row 14
 * is the database stack's, which has no resource of AWS.
 */
const SHUT: Readonly<Record<string, string>> = {
  "4": "fewer security group rules than needed",
  "5": "fewer security group rules than needed",
  "6": "fewer security group rules than needed",
  "7": "a role that may do less",
  "8a": "a role for another service of AWS",
  "8b": "an instance without a role",
  "9": "an instance that no permission set may reach",
  "16": "nobody is assigned",
  "19a": "an image that does not start",
  "19b": "an image without an agent",
  "19c": "no metadata service at all",
  "20": "a condition that is stricter than needed",
};

/** Said of the committed platform as well. */
const ALWAYS = ["sso-assign-group", "trail-required", "db-alarm"];

describe("mutations of the platform, as rules see them", function () {
  this.timeout(60_000);
  const rows = [...MUTATIONS, ...FURTHER];

  it("each row is named by a rule, or it is said why none needs to", () => {
    assert.deepEqual(rows.map(({ row }) => row).sort(), [...Object.keys(NAMED), ...Object.keys(SHUT)].sort());
  });

  for (const { row, title, patch } of rows) {
    const rules = NAMED[row] ?? [];
    it(`${row}: ${title}: ${rules.length === 0 ? SHUT[row] : rules.join(", ")}`, async () => {
      const scratch = scratchFolder();
      try {
        const program = path.join(compiledMutation(scratch.folder, [patch]), "infra", "platform");
        const { Platform } = createRequire(__filename)(program) as typeof infra;
        const args = platformArgs();
        const samples = await platformSamples(() => new Platform("platform", args));
        const configuration = gateConfiguration(args);
        const spoke = RULES.filter((rule) =>
          saidOf(rule, samples, configuration).some(({ violations }) => violations.length > 0),
        ).map(({ id }) => id);
        assert.deepEqual(
          spoke.filter((id) => !ALWAYS.includes(id)),
          rules,
        );
        if (rules.length > 0) assert.ok(RULES.some(({ id, level }) => rules.includes(id) && level === "mandatory"));
      } finally {
        scratch.remove();
      }
    });
  }
});
