import type { Descriptor } from "../../infra/contract/descriptor";
import { formatTarget, type Target } from "../../infra/contract/target";
import { SallyportError } from "../core/errors";

/**
 * Where a door should be. Made from a descriptor by people, from the platform's outputs by the runner; either way AWS is asked
 * before it is followed.
 */
export interface DoorTarget {
  /** `<estate>/<env>`, for messages. */
  readonly environment: string;
  readonly env: string;
  readonly account: string;
  readonly region: string;
  readonly tag: { readonly key: string; readonly value: string };
  readonly cluster: { readonly name: string; readonly resourceId: string; readonly port: number };
  readonly endpoint: "writer" | "reader";
  /** `hash`: SHA-256 in hex that the document must have; left out by whoever has just written the document. */
  readonly document: { readonly name: string; readonly hash?: string };
}

/** The place and database that a person means; the only cluster and the only database need not be named. */
export interface ChosenTarget {
  readonly door: DoorTarget;
  readonly database: string;
  readonly text: string;
}

/**
 * The asked target among those of the descriptor.
 *
 * Errors: TARGET_UNKNOWN with the list.
 */
export function chooseTarget(descriptor: Descriptor, asked: Target | undefined): ChosenTarget {
  const all = Object.entries(descriptor.clusters).flatMap(([cluster, { databases }]) =>
    databases.map((database) => ({ cluster, database })),
  );
  const list = all.map(({ cluster, database }) => `${cluster}/${database}`).join(", ");
  const matching = all.filter(
    (one) => (asked?.cluster ?? one.cluster) === one.cluster && (asked?.database ?? one.database) === one.database,
  );
  const [only, another] = matching;
  const cluster = only && descriptor.clusters[only.cluster];
  if (!only || !cluster || another) {
    const what = asked === undefined ? "" : ` "${formatTarget(asked)}"`;
    throw new SallyportError("TARGET_UNKNOWN", {
      message:
        matching.length === 0
          ? `There is no target${what} in ${descriptor.env}.`
          : `Several databases are possible${what === "" ? "" : ` for${what}`} in ${descriptor.env}.`,
      likely: list === "" ? `${descriptor.env} has no database.` : `There are: ${list}.`,
    });
  }
  const endpoint = asked?.endpoint ?? "writer";
  const name = cluster.documents[endpoint];
  const hash = descriptor.documentHashes[name];
  const [tag] = Object.entries(descriptor.target.tag).map(([key, value]) => ({ key, value }));
  return {
    database: only.database,
    text: formatTarget({ cluster: only.cluster, database: only.database, endpoint }),
    door: {
      environment: `${descriptor.estate}/${descriptor.env}`,
      env: descriptor.env,
      account: descriptor.account,
      region: descriptor.region,
      tag: tag ?? { key: "", value: "" },
      cluster: { name: only.cluster, resourceId: cluster.resourceId, port: cluster.port },
      endpoint,
      document: { name, ...(hash === undefined ? {} : { hash }) },
    },
  };
}
