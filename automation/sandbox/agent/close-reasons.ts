/** The code by which a fault asks for a cut without a word; it is never sent (RFC 6455, section 7.4.1). */
export const CUT = 1006;

/** Close codes that a fault may ask for, with their reasons. The gateway's own hourly close is `1000`, `Bye`. */
export const CLOSE_REASONS: Readonly<Record<number, string>> = {
  1000: "Bye",
  1001: "Going away",
  1003: "Unsupported data",
  [CUT]: "",
  1011: "Internal error",
};
