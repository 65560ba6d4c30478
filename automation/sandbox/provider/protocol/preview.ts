import type { Props } from "../../account/estate";
import type { TypeFacts } from "../facts/facts";
import { DEFAULTS_KEY } from "./check";
import { allTags } from "./diff";
import { UNKNOWN } from "./values";

/** What a preview needs of the provider instance. */
export interface Instance {
  readonly region: string;
  readonly defaultTags: Readonly<Record<string, string>>;
}

/** Inputs as they become outputs: without the bridge's own key, with region and all tags. */
export function inputsAsOutputs(facts: TypeFacts, inputs: Props, instance: Instance): Props {
  const { [DEFAULTS_KEY]: _defaults, ...outputs } = inputs;
  if (facts.regional) outputs.region = inputs.region ?? instance.region;
  if (facts.taggable) outputs.tagsAll = inputs.tags === UNKNOWN ? UNKNOWN : allTags(instance.defaultTags, inputs.tags);
  return outputs;
}

/** Outputs at the preview of a creation: whatever AWS decides is unknown. */
export function previewCreate(facts: TypeFacts, filled: readonly string[], inputs: Props, instance: Instance): Props {
  const unknown = [...facts.pure, ...filled.filter((key) => inputs[key] === undefined)];
  return { ...Object.fromEntries(unknown.map((key) => [key, UNKNOWN])), ...inputsAsOutputs(facts, inputs, instance) };
}

/** Outputs at the preview of an update: the old ones, but for what is set anew and what the type says is unknown. */
export function previewUpdate(
  facts: TypeFacts,
  state: Props,
  inputs: Props,
  unknown: readonly string[],
  instance: Instance,
): Props {
  return {
    ...state,
    ...inputsAsOutputs(facts, inputs, instance),
    ...Object.fromEntries(unknown.map((key) => [key, UNKNOWN])),
  };
}
