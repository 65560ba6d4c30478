import type { CloudObject, Estate } from "../account/estate";
import { ec2Id } from "../account/ids";

const INSTANCE = "aws:ec2/instance:Instance";
/** Marks what a fault stopped, so that it can be told from an instance that its owner stopped. */
const STOPPED = "stoppedByFault";

/** Stops a running instance: its agent goes silent and its sessions end. */
export function stopInstance(instance: CloudObject): void {
  instance.props.instanceState = "stopped";
  instance.hidden[STOPPED] = true;
}

/** Starts an instance that a fault stopped; others stay as they are. */
export function startInstance(instance: CloudObject): void {
  if (instance.hidden[STOPPED] !== true) return;
  delete instance.hidden[STOPPED];
  instance.props.instanceState = "running";
}

/** The instances that a fault stopped. */
export function stoppedInstances(estate: Estate): readonly CloudObject[] {
  return estate.list(INSTANCE).filter((instance) => instance.hidden[STOPPED] === true);
}

/**
 * Terminates an instance and runs another like it, as an auto scaling group would: same image, role, subnet, groups and tags; new id,
 * and an agent that registers in its own time.
 */
export function replaceInstance(estate: Estate, old: CloudObject): CloudObject {
  const { [STOPPED]: _stopped, ...hidden } = structuredClone(old.hidden);
  const id = ec2Id(estate.randomBytes, "i");
  const text = JSON.stringify({ ...old.props, instanceState: "running" }).replaceAll(old.id, id);
  estate.remove(old);
  const { token, account, region } = old;
  return estate.add({ token, id, account, region, props: JSON.parse(text) as CloudObject["props"], hidden });
}
