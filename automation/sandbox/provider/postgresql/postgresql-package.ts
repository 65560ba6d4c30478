import type { Json, Props } from "../../account/estate";
import { checkInputs, DEFAULTS_KEY } from "../protocol/check";
import type { PropertyChange } from "../protocol/diff";
import { inputsAsOutputs, type Instance } from "../protocol/preview";
import { UNKNOWN } from "../protocol/values";
import type { DiffRequest, ProviderInstance, ProviderPackage } from "../provider";
import { DEFAULT_PRIVILEGES } from "./default-privileges";
import { GRANT } from "./grant";
import { GRANT_ROLE } from "./grant-role";
import { ROLE } from "./role";
import { readSettings, type Settings } from "./settings";
import { set, type PostgresType } from "./types";

/** Version of @pulumi/postgresql whose behaviour is simulated. */
export const POSTGRESQL_VERSION = "3.18.1";

const TYPES: Readonly<Record<string, PostgresType>> = {
  "postgresql:index/role:Role": ROLE,
  "postgresql:index/grant:Grant": GRANT,
  "postgresql:index/grantRole:GrantRole": GRANT_ROLE,
  "postgresql:index/defaultPrivileges:DefaultPrivileges": DEFAULT_PRIVILEGES,
};
const NOWHERE: Instance = { region: "", defaultTags: {} };
/** What the provider calls itself with. */
const ARGUMENTS = new Set([
  "host",
  "port",
  "username",
  "password",
  "database",
  "databaseUsername",
  "sslmode",
  "superuser",
  "connectTimeout",
  "maxConnections",
  "expectedVersion",
  "scheme",
  "version",
]);

/** Runs real SQL on whatever answers at the provider's address; nothing is connected to before the first operation. */
export function postgresqlPackage(environment: Readonly<Record<string, string | undefined>>): ProviderPackage {
  return {
    version: POSTGRESQL_VERSION,
    checkConfig: (args) =>
      Object.keys(args)
        .filter((key) => !ARGUMENTS.has(key) && !key.startsWith("__"))
        .map((property) => ({ property, reason: `the sandbox does not simulate the argument ${property}` })),
    configure: (args) => instance(readSettings(args, environment)),
  };
}

function instance(settings: Settings): ProviderInstance {
  const outputsOf = async (type: PostgresType, id: string, inputs: Props): Promise<Props> => {
    const plain = inputsAsOutputs(type.facts, inputs, NOWHERE);
    const found = await type.read(settings, id, plain);
    return { ...plain, ...found?.outputs };
  };
  return {
    check: (token, news, olds, naming) => {
      const type = served(token);
      return checkInputs({
        token,
        facts: type.facts,
        news,
        olds,
        naming,
        jsonObjects: [],
        rules: type.rules ?? (() => undefined),
      });
    },
    diff: (token, request) => ({ changes: changes(served(token), request), deleteBeforeReplace: false }),
    previewCreate: (token, inputs) => inputsAsOutputs(served(token).facts, inputs, NOWHERE),
    create: async (token, inputs) => {
      const type = served(token);
      await type.create(settings, inputs);
      const id = type.id(inputs);
      return { id, outputs: await outputsOf(type, id, inputs), reasons: [] };
    },
    read: async (token, id, state, oldInputs) => {
      const type = served(token);
      // Grants cannot be imported: without a state there is nothing to say what to look for.
      if (Object.keys(state).length === 0 && type !== ROLE) return undefined;
      const plain = inputsAsOutputs(type.facts, { ...state, ...oldInputs }, NOWHERE);
      const found = await type.read(settings, id, plain);
      if (!found) return undefined;
      return { id, outputs: { ...plain, ...found.outputs }, inputs: refreshed(type, oldInputs, found.live) };
    },
    previewUpdate: (token, { state, news }) => ({ ...state, ...inputsAsOutputs(served(token).facts, news, NOWHERE) }),
    update: async (token, { id, state, news }) => {
      const type = served(token);
      if (!type.update) throw new Error(`${token} has no update`);
      await type.update(settings, state, news);
      const now = type.id(news) || id;
      return { id: now, outputs: await outputsOf(type, now, news), reasons: [] };
    },
    delete: (token, _id, state) => served(token).delete(settings, state),
    invoke: async (token) => {
      throw new Error(`the sandbox does not simulate the function ${token}`);
    },
    secretOutputs: (token) => served(token).facts.secret,
  };
}

/** New inputs against the state. Sets have no order; false, "", 0, an empty list and nothing are the same. */
function changes(type: PostgresType, { state, news, ignore }: DiffRequest): PropertyChange[] {
  return Object.keys(type.facts.inputs)
    .filter((key) => !ignore.includes(key) && !ignore.includes("*"))
    .flatMap((key): PropertyChange[] => {
      const [wanted, actual] = [canonical(type, key, news[key]), canonical(type, key, state[key])];
      if (wanted === actual) return [];
      const kind = actual === "" ? "add" : wanted === "" ? "delete" : "update";
      return [{ path: key, kind, replace: type.facts.replace.includes(key) }];
    });
}

function canonical(type: PostgresType, key: string, value: Json | undefined): string {
  if (value === UNKNOWN) return UNKNOWN;
  const plain = type.sets.includes(key) ? set({ [key]: value ?? [] }, key) : value;
  if (!plain || (Array.isArray(plain) && plain.length === 0)) return "";
  return JSON.stringify(plain);
}

/** The program's inputs where they still hold, the live values where they do not. */
function refreshed(type: PostgresType, oldInputs: Props, live: Props): Props {
  const inputs: Props = { [DEFAULTS_KEY]: oldInputs[DEFAULTS_KEY] ?? [] };
  for (const key of Object.keys(type.facts.inputs)) {
    const [old, now] = [oldInputs[key], key in live ? live[key] : oldInputs[key]];
    const value = canonical(type, key, old) === canonical(type, key, now) ? old : now;
    if (value !== undefined && (old !== undefined || canonical(type, key, value) !== "")) inputs[key] = value;
  }
  return inputs;
}

function served(token: string): PostgresType {
  const type = TYPES[token];
  if (!type) throw new Error(`the sandbox does not simulate the resource type ${token}`);
  return type;
}
