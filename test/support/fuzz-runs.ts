/** How many cases each fuzz test of gateway and agent tries; each is a few frames long. */
export const FUZZ_RUNS = 12_000;
/** What one of them may take, milliseconds; above it the test fails. */
export const FUZZ_LIMIT_MS = 6_000;
