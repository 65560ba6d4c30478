import type { Knobs } from "../account/estate";

/**
 * The knobs that a control request changes; a text says what is wrong with it. Names and types are those of the knobs that there are.
 *
 * @example readKnobs({ wallOffsetMs: 600000 }, knobs) // { wallOffsetMs: 600000 }
 */
export function readKnobs(value: unknown, knobs: Knobs): Partial<Knobs> | string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "knobs are an object";
  for (const [name, wanted] of Object.entries(value) as [string, unknown][]) {
    if (!Object.hasOwn(knobs, name)) return `there is no knob ${name}; there are ${Object.keys(knobs).join(", ")}`;
    const type = typeof knobs[name as keyof Knobs];
    if (typeof wanted !== type) return `the knob ${name} is a ${type}`;
    if (name === "speed" && !(Number(wanted) > 0)) return "the knob speed is more than 0";
    if (type === "number" && !Number.isFinite(wanted)) return `the knob ${name} is a finite number`;
  }
  return value;
}
