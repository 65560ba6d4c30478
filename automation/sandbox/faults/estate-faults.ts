import type { CloudObject, Estate } from "../account/estate";
import { replaceInstance, startInstance, stopInstance, stoppedInstances } from "../node/machine-faults";
import { fault, HAPPENS_ONCE, type Fault } from "./fault";
import { id, optional, type ValueForm } from "./fault-values";
import { NothingThere } from "./happened";

const CLUSTER = "aws:rds/cluster:Cluster";
const INSTANCE = "aws:ec2/instance:Instance";

/** All of a kind, or one by its id: the empty text stands for all. */
const instance: ValueForm<string> = optional(id("INSTANCE"), "");
const cluster: ValueForm<string> = optional(id("CLUSTER"), "");

/** Faults of what the account is made of: machines and clusters. */
export const ESTATE_FAULTS: readonly Fault[] = [
  fault<[string]>({
    name: "bastion-stop",
    meaning: "instances are stopped; their sessions end",
    values: [instance],
    apply: ({ estate }, chosen) => each(estate, INSTANCE, chosen, stopInstance),
    present: ({ estate }) =>
      stoppedInstances(estate)
        .map((one) => one.id)
        .join(" ") || "off",
  }),
  fault<[string]>({
    name: "bastion-start",
    meaning: "stopped instances run again",
    values: [instance],
    apply: ({ estate }, chosen) => each(estate, INSTANCE, chosen, startInstance),
    present: HAPPENS_ONCE,
  }),
  fault<[string]>({
    name: "bastion-replace",
    meaning: "instances are terminated and others, with new ids, take their place; their agents come late as in AWS",
    values: [instance],
    apply: ({ estate }, chosen) => each(estate, INSTANCE, chosen, (one) => void replaceInstance(estate, one)),
    present: HAPPENS_ONCE,
  }),
  fault<[string]>({
    name: "fail-over",
    meaning: "clusters get a new address: connections are cut, the old address refuses, new lookups find the new one",
    values: [cluster],
    apply: ({ estate, failOver }, chosen) => each(estate, CLUSTER, chosen, failOver),
    present: HAPPENS_ONCE,
  }),
];

async function each(
  estate: Estate,
  token: string,
  chosen: string,
  act: (object: CloudObject) => void | Promise<void>,
): Promise<string> {
  const meant = estate.list(token).filter((one) => chosen === "" || one.id === chosen);
  if (meant.length === 0 && chosen !== "") throw new NothingThere(`the account has no ${JSON.stringify(chosen)}`);
  for (const one of meant) await act(one);
  return meant.map((one) => one.id).join(" ") || "nothing";
}
