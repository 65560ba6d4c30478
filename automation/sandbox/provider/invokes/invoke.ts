import type { Props } from "../../account/estate";
import type { Service } from "../../account/aws-error";
import type { AwsContext } from "../aws-context";

/** One function of the provider. */
export interface Invoke {
  /** Its arguments besides `region`; others are refused. */
  readonly args: readonly string[];
  readonly noun: string;
  readonly service: Service;
  readonly operation: string;
  /** Names of secret results. */
  readonly secrets?: readonly string[];
  readonly run: (aws: AwsContext, args: Props) => Props;
}
