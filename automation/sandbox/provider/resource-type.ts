import type { CloudObject, Props } from "../account/estate";
import type { AwsContext } from "./aws-context";
import type { Service } from "../account/aws-error";
import type { Comparison } from "./protocol/compare";
import type { Fail } from "./protocol/coerce";

/**
 * What one resource type does beyond the table. The provider adds the inputs, region and tags to what `create` returns, so
 * that a type says only what AWS adds.
 */
export interface ResourceType {
  readonly token: string;
  readonly service: Service;
  /** As the provider's errors name it, e.g. `EC2 VPC`. */
  readonly noun: string;
  /**
   * Token of the objects that are taken over: `create` answers one that stands, reading and updating look there, and deletion
   * forgets it without a call.
   */
  readonly adopts?: string;
  /** API operations, for error texts and permissions. */
  readonly operations: { readonly create: string; readonly update: string; readonly delete: string };
  /** Further inputs that AWS fills when they are left out. */
  readonly filled?: readonly string[];
  readonly comparisons?: Readonly<Record<string, Comparison>>;
  /** Fields that take a JSON object in place of its text. */
  readonly jsonObjects?: readonly string[];
  readonly deleteBeforeReplace?: boolean;
  /** Check-phase rules: need no account, judge known inputs only. */
  readonly rules?: (inputs: Props, fail: Fail) => void;
  readonly replaceWhen?: (state: Props, news: Props, changed: readonly string[]) => readonly string[];
  /** Outputs that an update makes unknown at its preview. */
  readonly updateUnknown?: (changed: readonly string[]) => readonly string[];
  /**
   * Refuses as AWS does, or adds the object (at once: it exists from then on, whatever comes later).
   *
   * @param inputs known, checked; `region` and `tagsAll` among them.
   */
  readonly create: (aws: AwsContext, inputs: Props) => CloudObject | Promise<CloudObject>;
  /** Waits until it is ready; an error leaves the object in the state as half made. */
  readonly ready?: (aws: AwsContext, object: CloudObject) => Promise<void>;
  /** Changes in place; the default takes the new inputs over. `object.props` has the new inputs when `after` is called. */
  readonly update?: (aws: AwsContext, object: CloudObject, news: Props, state: Props) => void | Promise<void>;
  readonly after?: (aws: AwsContext, object: CloudObject, before: Props) => void | Promise<void>;
  /** Brings outputs that depend on other objects up to date before they are read. */
  readonly refresh?: (aws: AwsContext, object: CloudObject) => void;
  /** Refuses as AWS does, else the object is removed. `state`: outputs as the engine has them. */
  readonly delete?: (aws: AwsContext, object: CloudObject, state: Props) => void | Promise<void>;
}

/** An input that is a text; empty if it is left out. */
export function text(props: Props, key: string): string {
  const value = props[key];
  return typeof value === "string" ? value : "";
}

/** An input that is a list of texts; empty if it is left out. */
export function texts(props: Props, key: string): string[] {
  const value = props[key];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** A nested block; empty if it is left out. */
export function block(props: Props, key: string): Props {
  const value = props[key];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
