import assert from "node:assert/strict";
import * as policy from "@pulumi/policy";
import type { StackResource } from "../../../../policies/rule";
import { foreignTo, ownOutputs } from "../../../../policies/stack/own-outputs";
import { UNKNOWN } from "../run-rule";

type Values = Record<string, unknown>;

const sdk = policy as unknown as { readonly unknownCheckingProxy: (props: Values) => Values };
const resource = (type: string, name: string, props: Values): StackResource => ({
  type,
  name,
  urn: name,
  props: sdk.unknownCheckingProxy(props),
  propertyDependencies: {},
});

describe("ownOutputs", () => {
  it("tells what is known, and what is not: unknown, or not there yet", () => {
    const resources = [
      resource("db", "a", { host: "a.example", port: 5432 }),
      resource("db", "b", { host: UNKNOWN }),
      resource("other", "c", { host: "c.example" }),
    ];
    assert.deepEqual(ownOutputs(resources, { db: ["host", "port"] }), {
      values: ["a.example", "5432"],
      open: ["host of b", "port of b"],
    });
  });
});

describe("foreignTo", () => {
  function said(values: string[], open: string[]): string[] {
    const lines: string[] = [];
    foreignTo({ values, open }, "a", { undecided: (what) => void lines.push(what) }, () => void lines.push("foreign"));
    return lines;
  }

  it("calls a name foreign only once all names are known", () => {
    assert.deepEqual(said(["a"], ["host of b"]), []);
    assert.deepEqual(said(["b"], []), ["foreign"]);
    assert.deepEqual(said(["b"], ["host of b"]), ["host of b"]);
  });
});
