import assert from "node:assert/strict";
import { EXEMPTIONS_SCHEMA } from "../../../policies/exemptions";
import type { Parameter } from "../../../policies/rule";
import { configSchema, settingsOf } from "../../../policies/settings";

const parameters: Record<string, Parameter> = {
  days: { type: "integer", default: 365, about: "How long" },
  services: { type: "strings", about: "Which" },
};

describe("settings of a rule", () => {
  it("are what is configured, else the defaults; nothing else comes through", () => {
    assert.deepEqual(settingsOf({ parameters }, { services: ["ssm"], other: 1 }), { days: 365, services: ["ssm"] });
    assert.deepEqual(settingsOf({ parameters }, {}), { days: 365, services: undefined });
    assert.deepEqual(settingsOf({}, { other: 1 }), {});
  });

  it("have a schema with types, defaults and descriptions; exemptions belong to every rule", () => {
    assert.deepEqual(configSchema({ parameters }), {
      properties: {
        days: { type: "integer", default: 365, description: "How long" },
        services: { type: "array", items: { type: "string" }, description: "Which" },
        exemptions: EXEMPTIONS_SCHEMA,
      },
    });
    assert.deepEqual(configSchema({}), { properties: { exemptions: EXEMPTIONS_SCHEMA } });
  });
});
