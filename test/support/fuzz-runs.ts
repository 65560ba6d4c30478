/** How many cases each fuzz test of gateway and agent tries; each is a few frames long. */
export const FUZZ_RUNS = 12_000;
/** What one of them may take, milliseconds: a second where nothing else runs, so that only a loop without end is stopped. */
export const FUZZ_LIMIT_MS = 60_000;
