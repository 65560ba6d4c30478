import type { RandomBytes } from "../../account/ids";
import { checkInputs } from "../protocol/check";
import { diffInputs } from "../protocol/diff";
import { inputsAsOutputs, previewCreate, type Instance } from "../protocol/preview";
import type { ProviderInstance, ProviderPackage } from "../provider";
import { RANDOM_TYPES, type RandomType } from "./random-types";

/** Version of @pulumi/random whose behaviour is simulated. */
export const RANDOM_VERSION = "4.21.2";
const NOWHERE: Instance = { region: "", defaultTags: {} };

/** The random provider: values are made once and live in the stack's state. */
export function randomPackage(random: RandomBytes): ProviderPackage {
  const instance: ProviderInstance = {
    check: (token, news, olds, naming) => {
      const { facts } = served(token);
      return checkInputs({ token, facts, news, olds, naming, jsonObjects: [], rules: rangeRule });
    },
    diff: (token, request) => {
      const changes = diffInputs({
        ...request,
        ...NOWHERE,
        facts: served(token).facts,
        filled: [],
        comparisons: {},
        replaceWhen: () => [],
      });
      return { changes, deleteBeforeReplace: false };
    },
    previewCreate: (token, inputs) => previewCreate(served(token).facts, [], inputs, NOWHERE),
    create: async (token, inputs) => {
      const { facts, make } = served(token);
      const { id, outputs } = make(inputs, random);
      return { id, outputs: { ...inputsAsOutputs(facts, inputs, NOWHERE), ...outputs }, reasons: [] };
    },
    read: async (_token, id, state, oldInputs) =>
      Object.keys(state).length === 0 ? undefined : { id, outputs: state, inputs: oldInputs },
    previewUpdate: (_token, request) => request.state,
    update: async (_token, request) => ({ id: request.id, outputs: request.state, reasons: [] }),
    delete: async () => undefined,
    invoke: async (token) => {
      throw new Error(`the sandbox does not simulate the function ${token}`);
    },
    secretOutputs: (token) => served(token).facts.secret,
  };
  return {
    version: RANDOM_VERSION,
    checkConfig: (args) =>
      Object.keys(args)
        .filter((key) => key !== "version" && !key.startsWith("__"))
        .map((property) => ({ property, reason: `the random provider has no argument ${property}` })),
    configure: () => instance,
  };
}

function rangeRule(
  inputs: { readonly [key: string]: unknown },
  fail: (property: string, reason: string) => void,
): void {
  for (const key of ["byteLength", "length"]) {
    const value = inputs[key];
    if (typeof value === "number" && (value < 1 || value > 1024)) fail(key, `value must be at least 1, got: ${value}`);
  }
}

function served(token: string): RandomType {
  const type = RANDOM_TYPES[token];
  if (!type) throw new Error(`the sandbox does not simulate the resource type ${token}`);
  return type;
}
