/** One value of a fault: how it is written and read. */
export interface ValueForm<T> {
  /** In capitals, or the words that there are: `RATE`, `on|off`. */
  readonly label: string;
  /** What is right, for the message about a wrong one. */
  readonly wanted: string;
  /** What it is when left out; without this it must be given. */
  readonly otherwise?: { readonly value: T };
  /** undefined: that is no such value. */
  read(text: string): T | undefined;
}

/** The forms of a fault's values, in order; those that may be left out come last. */
export type ValueForms<T extends readonly unknown[]> = { readonly [K in keyof T]: ValueForm<T[K]> };

/** The form for the help. @example formOf([RATE, optional(DIRECTION, "both")]) // "RATE [to-agent|to-client|both]" */
export function formOf(forms: readonly ValueForm<unknown>[]): string {
  return forms.map(({ label, otherwise }) => (otherwise ? `[${label}]` : label)).join(" ");
}

/** Reads values; every problem is told at once. */
export function readValues<T extends readonly unknown[]>(
  forms: ValueForms<T>,
  texts: readonly string[],
): { readonly ok: true; readonly values: T } | { readonly ok: false; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const values = forms.map((form: ValueForm<unknown>, at) => {
    const text = texts[at];
    if (text === undefined) {
      if (!form.otherwise) problems.push(`${form.label} is missing: ${form.wanted}`);
      return form.otherwise?.value;
    }
    const value = form.read(text);
    if (value === undefined) problems.push(`${JSON.stringify(text)} is no ${form.label}: ${form.wanted}`);
    return value;
  });
  for (const more of texts.slice(forms.length)) problems.push(`${JSON.stringify(more)} is one value too many`);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, values: values as unknown as T };
}

/** The same value, which may be left out. */
export function optional<T>(form: ValueForm<T>, value: T): ValueForm<T> {
  return { ...form, otherwise: { value } };
}

/** One of some words. */
export function oneOf<T extends string>(...words: readonly T[]): ValueForm<T> {
  return {
    label: words.join("|"),
    wanted: `one of ${words.join(", ")}`,
    read: (text) => words.find((word) => word === text),
  };
}

/** A number in a range, written plainly; `off` is 0 where 0 means that. */
export function numberFrom(label: string, least: number, most: number): ValueForm<number> {
  const wanted = least === 0 ? `a number up to ${most}, or off` : `a number from ${least} to ${most}`;
  return {
    label,
    wanted,
    read: (text) => {
      if (text === "off" && least === 0) return 0;
      const value = /^\d{1,15}(\.\d{1,6})?$/.test(text) ? Number(text) : NaN;
      return value >= least && value <= most ? value : undefined;
    },
  };
}

/** A share of all, 0 to 1. @example RATE.read("5%") // 0.05 */
export const RATE: ValueForm<number> = {
  label: "RATE",
  wanted: "a share such as 0.05 or 5%, at most 100%, or off",
  read: (text) => {
    if (text === "off") return 0;
    const [, digits, percent] = /^(\d{1,3}(?:\.\d{1,6})?)(%?)$/.exec(text) ?? [];
    const share = Number(digits ?? NaN) / (percent === "%" ? 100 : 1);
    return share <= 1 ? share : undefined;
  },
};

/** Real milliseconds, at most a minute. @example TIME.read("1.5s") // 1500 */
export const TIME: ValueForm<number> = {
  label: "TIME",
  wanted: "a time such as 250ms or 2s, at most 60s, or off",
  read: (text) => {
    if (text === "off") return 0;
    const [, digits, unit] = /^(\d{1,5}(?:\.\d{1,3})?)(ms|s)$/.exec(text) ?? [];
    const ms = Number(digits ?? NaN) * (unit === "s" ? 1_000 : 1);
    return ms <= 60_000 ? ms : undefined;
  },
};

/** A number of bytes, at most 1 TiB. @example BYTES.read("64KiB") // 65536 */
export const BYTES: ValueForm<number> = {
  label: "BYTES",
  wanted: "a size such as 1000, 64KiB or 4MiB, or off",
  read: (text) => {
    if (text === "off") return 0;
    const [, digits, unit] = /^(\d{1,13})(KiB|MiB|GiB)?$/.exec(text) ?? [];
    const bytes = Number(digits ?? NaN) * { none: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 }[unitOf(unit)];
    return bytes > 0 && bytes <= 1024 ** 4 ? bytes : undefined;
  },
};

function unitOf(unit: string | undefined): "none" | "KiB" | "MiB" | "GiB" {
  return unit === "KiB" || unit === "MiB" || unit === "GiB" ? unit : "none";
}

/** The id of a session, an instance or a cluster; whether there is such a one shows when it is set. */
export function id(label: string): ValueForm<string> {
  return {
    label,
    wanted: "an id: letters, digits and . @ _ -, at most 96",
    read: (text) => (/^[\w.@-]{1,96}$/.test(text) ? text : undefined),
  };
}

/** Both directions, or one. */
export const DIRECTION = optional(oneOf("both", "to-agent", "to-client"), "both");

/** All sessions, or one: the empty text stands for all. */
export const SESSION = optional(id("SESSION"), "");
