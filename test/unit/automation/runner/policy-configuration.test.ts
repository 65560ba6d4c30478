import assert from "node:assert/strict";
import type { ProjectFiles } from "../../../../automation/runner/load-files";
import { policyConfiguration } from "../../../../automation/runner/policy-configuration";
import { parseEnvironmentConfig } from "../../../../infra/contract/environment-config";
import { accessOf, DEV_TEXT, valueOf } from "../../infra/contract/sample";

const READER = "{ reader: { on: { app/app: readonly } } }";

function files(policies: Readonly<Record<string, unknown>>): ProjectFiles {
  const config = { ...valueOf(parseEnvironmentConfig(DEV_TEXT)), policies };
  return { access: accessOf(READER), environment: { name: "dev", config }, environmentText: "" };
}

describe("policy configuration", () => {
  it("says what each set may reach and which attribute names its login, from access.yaml", () => {
    assert.deepEqual(
      policyConfiguration(files({}), () => []),
      {
        "sso-expected-reach": {
          expectedReach: {
            "sp-payments-dev-reader": {
              logins: ["${aws:PrincipalTag/dbuser}"],
              clusters: ["payments-dev-app"],
              documents: ["sp-payments-dev-app-reader", "sp-payments-dev-app-writer"],
            },
          },
        },
        "sso-connect-scoped": { attributeKeys: ["dbuser"] },
        "sso-dbuser-known": { dbUsers: [] },
        "decided-at-apply": "advisory",
        exemptions: "advisory",
      },
    );
  });

  it("keeps levels, settings and exemptions of the file, also for a rule that it fills in", () => {
    const made = policyConfiguration(
      files({
        "net-no-nat": "disabled",
        all: "mandatory",
        "sso-connect-scoped": "advisory",
        "sso-dbuser-known": { perUser: true },
      }),
      () => [],
    );
    assert.deepEqual([made["net-no-nat"], made["all"], made["exemptions"]], ["disabled", "mandatory", "advisory"]);
    assert.deepEqual(made["sso-connect-scoped"], { enforcementLevel: "advisory", attributeKeys: ["dbuser"] });
    assert.deepEqual(made["sso-dbuser-known"], { perUser: true, dbUsers: [] });
  });

  it("refuses what the pack does not know and what access.yaml decides, all at once", () => {
    const read = () => [{ path: "net-no-nad", seen: "an unknown rule", expected: 'the rule "net-no-nat"' }];
    assert.throws(() => policyConfiguration(files({ "sso-expected-reach": { expectedReach: {} } }), read), {
      code: "CONFIG_INVALID",
      message: [
        "Pulumi.dev.yaml has 2 problems; nothing was changed.",
        'Pulumi.dev.yaml: config.sallyport:policies.net-no-nad: seen an unknown rule; expected the rule "net-no-nat"',
        "Pulumi.dev.yaml: config.sallyport:policies.sso-expected-reach.expectedReach: seen a setting; expected to be left out: it is taken from access.yaml",
      ].join("\n"),
    });
  });
});
