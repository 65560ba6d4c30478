import type { Estate } from "../account/estate";
import type { NetworkInterface } from "./interfaces";
import { permits } from "./security-groups";
import { REACHES, timesOut, type Verdict } from "./verdict";

/** The two ends of a connection, with the words for a reason. */
export interface Path {
  readonly account: string;
  readonly from: NetworkInterface;
  readonly to: NetworkInterface;
  readonly port: number;
  /** e.g. `the endpoint ssm`. */
  readonly toName: string;
}

/** Whether tcp passes both groups' rules inside one VPC. Groups are stateful: the way back needs none. */
export function passes(estate: Estate, { account, from, to, port, toName }: Path): Verdict {
  if (from.vpcId !== to.vpcId) return timesOut(`${toName} is in ${to.vpcId}, the instance in ${from.vpcId}`);
  if (!permits(estate, from, "egress", port, to, account)) {
    return timesOut(`no egress rule of ${from.groups.join(", ")} lets tcp ${port} out to ${toName}`);
  }
  if (!permits(estate, to, "ingress", port, from, account)) {
    return timesOut(`no ingress rule of ${to.groups.join(", ")} lets tcp ${port} in to ${toName} from the instance`);
  }
  return REACHES;
}
