import { DESCRIPTOR_VERSION, type Descriptor } from "./descriptor";
import { DOOR_TAG_KEY, doorTagValue, permissionSetName, sessionDocumentName } from "./names";

/** What a descriptor is made of. */
export interface DescriptorInput {
  readonly estate: string;
  readonly env: string;
  readonly account: string;
  readonly region: string;
  readonly clusters: readonly {
    readonly name: string;
    readonly resourceId: string;
    readonly port: number;
    readonly databases: readonly string[];
  }[];
  readonly roles: readonly { readonly name: string; readonly login: "self" | "separate" }[];
  /** SHA-256 by document name. */
  readonly documentHashes: Readonly<Record<string, string>>;
}

/** The descriptor of an environment; all names in it follow from estate and environment. */
export function descriptorOf(input: DescriptorInput): Descriptor {
  const { estate, env } = input;
  const clusters = input.clusters.map(
    ({ name, resourceId, port, databases }): [string, Descriptor["clusters"][string]] => {
      const documents = {
        writer: sessionDocumentName(estate, env, name, "writer"),
        reader: sessionDocumentName(estate, env, name, "reader"),
      };
      return [name, { resourceId, engine: "aurora-postgresql", port, documents, databases: [...databases] }];
    },
  );
  return {
    v: DESCRIPTOR_VERSION,
    estate,
    env,
    account: input.account,
    region: input.region,
    target: { tag: { [DOOR_TAG_KEY]: doorTagValue(estate, env) } },
    clusters: Object.fromEntries(clusters),
    roles: Object.fromEntries(
      input.roles.map(({ name, login }) => [name, { set: permissionSetName(estate, env, name), login }]),
    ),
    documentHashes: input.documentHashes,
  };
}
