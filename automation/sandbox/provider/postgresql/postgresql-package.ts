import type { Props } from "../../account/estate";
import { checkInputs } from "../protocol/check";
import { inputsAsOutputs, previewCreate, type Instance } from "../protocol/preview";
import type { Made, ProviderInstance, ProviderPackage } from "../provider";
import { changes, refreshed } from "./comparison";
import { DATABASE } from "./database";
import { DEFAULT_PRIVILEGES } from "./default-privileges";
import { GRANT } from "./grant";
import { GRANT_ROLE } from "./grant-role";
import { ROLE } from "./role";
import { SCHEMA } from "./schema";
import { readSettings, type Settings } from "./settings";
import type { PostgresType } from "./types";

/** Version of @pulumi/postgresql whose behaviour is simulated. */
export const POSTGRESQL_VERSION = "3.18.1";

const TYPES: Readonly<Record<string, PostgresType>> = {
  "postgresql:index/role:Role": ROLE,
  "postgresql:index/grant:Grant": GRANT,
  "postgresql:index/grantRole:GrantRole": GRANT_ROLE,
  "postgresql:index/defaultPrivileges:DefaultPrivileges": DEFAULT_PRIVILEGES,
  "postgresql:index/schema:Schema": SCHEMA,
  "postgresql:index/database:Database": DATABASE,
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
    takesUnknownArguments: true,
    checkConfig: (args) =>
      Object.keys(args)
        .filter((key) => !ARGUMENTS.has(key) && !key.startsWith("__"))
        .map((property) => ({ property, reason: `the sandbox does not simulate the argument ${property}` })),
    configure: (args) => instance(readSettings(args, environment)),
  };
}

function instance(settings: Settings): ProviderInstance {
  /**
   * It is made: whatever fails from here on must not make the engine forget it. Lists come back as they were asked for, whatever the
   * server has: only a refresh tells of a grant that PostgreSQL ignored.
   */
  const made = async (type: PostgresType, inputs: Props): Promise<Made> => {
    const [plain, id] = [outputsOf(type, inputs), type.id(inputs, settings)];
    try {
      const found = await type.read(settings, id, plain);
      const lists = Object.fromEntries(Object.entries(plain).filter(([, value]) => Array.isArray(value)));
      return { id, outputs: { ...plain, ...found?.outputs, ...lists }, reasons: [] };
    } catch (error) {
      return { id, outputs: plain, reasons: [error instanceof Error ? error.message : String(error)] };
    }
  };
  return {
    check: (token, news, olds, naming) => {
      const { facts, rules = () => undefined } = served(token);
      return checkInputs({ token, facts, news, olds, naming, jsonObjects: [], rules });
    },
    diff: (token, request) => ({ changes: changes(served(token), request), deleteBeforeReplace: false }),
    previewCreate: (token, inputs) => {
      const type = served(token);
      return withoutWriteOnly(type, previewCreate(type.facts, type.facts.filled, inputs, NOWHERE));
    },
    create: async (token, inputs) => {
      const type = served(token);
      await type.create(settings, inputs);
      return made(type, inputs);
    },
    read: async (token, id, state, oldInputs) => {
      const type = served(token);
      const isImport = Object.keys(state).length === 0;
      if (isImport && !type.importable) return undefined;
      const plain = outputsOf(type, { ...oldInputs, ...state });
      if (type.exists && !(await type.exists(settings, id, plain))) return undefined;
      const found = await type.read(settings, id, plain);
      if (!found) return undefined;
      const outputs = { ...plain, ...found.outputs };
      return { id: type.id(outputs, settings), outputs, inputs: refreshed(type, oldInputs, found.live, isImport) };
    },
    previewUpdate: (token, { state, news }) => ({ ...state, ...outputsOf(served(token), news) }),
    update: async (token, { state, news }) => {
      const type = served(token);
      if (!type.update) throw new Error(`${token} has no update`);
      await type.update(settings, state, news);
      return made(type, news);
    },
    delete: (token, _id, state) => served(token).delete(settings, state),
    invoke: async (token) => {
      throw new Error(`the sandbox does not simulate the function ${token}`);
    },
    secretOutputs: (token) => served(token).facts.secret,
  };
}

function outputsOf(type: PostgresType, inputs: Props): Props {
  return withoutWriteOnly(type, inputsAsOutputs(type.facts, inputs, NOWHERE));
}

function withoutWriteOnly(type: PostgresType, props: Props): Props {
  return Object.fromEntries(Object.entries(props).filter(([key]) => !type.writeOnly?.includes(key)));
}

function served(token: string): PostgresType {
  const type = TYPES[token];
  if (!type) throw new Error(`the sandbox does not simulate the resource type ${token}`);
  return type;
}
