import { readFileSync } from "node:fs";
import path from "node:path";
import type { EngineFold } from "../../automation/pulumi/engine-events";
import { openStack } from "../../automation/pulumi/open-stack";
import { RULES } from "../../policies/pack";
import { builtPack } from "../pulumi/gated-stack";
import { startToyProvider } from "../pulumi/toy-provider";
import { makeStage, testEngine } from "../pulumi/toy-stack";
import { accessPaths } from "./access-paths";
import { writePacks, type Packs } from "./analyzer-packs";
import { packTimes, type PackTimes, type Request } from "./pack-process";
import { ruleTimes, shownIn } from "./rule-times";

// Figures of the policy pack beside a pack of as many policies that look at nothing: what the rules cost beyond the SDK around them.
const PATHS = 32;
const REPLAYS = 5;
const PREVIEWS = 3;
const GATES = ["none", "trivial", "ours"] as const;

const round = (value: number): number => Math.round(value * 100) / 100;
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** Median of a ratio over rounds. */
const pairs = (ratio: (round: number) => number, rounds: number): number =>
  round(median(Array.from({ length: rounds }, (_, at) => ratio(at))));

/** Measures and prints one JSON document. */
export async function bench(): Promise<void> {
  builtPack();
  const engine = await testEngine();
  const toy = await startToyProvider();
  const stage = makeStage("bench-policies");
  try {
    const packs = writePacks(stage.folder);
    const stack = await openStack({
      engine,
      project: "bench",
      stack: "dev",
      workDir: stage.workDir,
      config: {},
      env: stage.env(toy.attach.replace(/^toy:/, "aws:")),
      program: accessPaths(PATHS),
    });
    const preview = async (pack?: string) => {
      const begun = performance.now();
      const { fold } = await stack.preview(pack === undefined ? {} : { policyPacks: [pack] });
      return { ms: performance.now() - begun, fold };
    };
    // Also warms this process: the program runs in it.
    const { fold } = await preview(packs.recording);
    const requests = recorded(packs);
    const compiled = path.join(stage.folder, "compiled");
    const replays = await replayed(packs, requests, compiled);
    const starts = await inTurn(REPLAYS, STARTS, async (kind) => {
      return (await packTimes(packs.ours, [], kind === "first" ? undefined : compiled)).startMs;
    });
    const previews = await inTurn(PREVIEWS, GATES, async (gate) => {
      return (await preview(gate === "none" ? undefined : packs[gate])).ms;
    });
    print({ fold, requests, replays, starts, previews });
  } finally {
    await toy.close();
    stage.remove();
  }
}

function recorded({ recordingFile }: Packs): Request[] {
  return readFileSync(recordingFile, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as [string, string])
    .map(([method, bytes]): Request => [method, Buffer.from(bytes, "base64")]);
}

/** Rounds in which each is measured once, in turn, so that a machine that slows down slows all. */
async function inTurn<K extends string, T>(
  rounds: number,
  keys: readonly K[],
  work: (key: K) => Promise<T>,
): Promise<Record<K, T[]>> {
  const found = Object.fromEntries(keys.map((key) => [key, []])) as unknown as Record<K, T[]>;
  for (let turn = 0; turn < rounds; turn++)
    for (const key of turn % 2 === 0 ? keys : keys.toReversed()) found[key].push(await work(key));
  return found;
}

/** A pack's start before Node has compiled it, and afterwards. */
const STARTS = ["first", "later"] as const;
const REPLAYED = ["ours", "trivial", "typed", "empty"] as const;
type Replays = Record<(typeof REPLAYED)[number], PackTimes[]>;

function replayed(packs: Packs, requests: readonly Request[], compiled: string): Promise<Replays> {
  return inTurn(REPLAYS, REPLAYED, (name) => packTimes(packs[name], requests, compiled));
}

interface Measured {
  readonly fold: EngineFold;
  readonly requests: readonly Request[];
  readonly replays: Replays;
  readonly starts: Record<(typeof STARTS)[number], number[]>;
  readonly previews: Record<(typeof GATES)[number], number[]>;
}

function print({ fold, requests, replays, starts, previews }: Measured): void {
  const of = (name: keyof Replays, figure: keyof PackTimes): number =>
    median(replays[name].map((times) => times[figure]));
  const seconds = (ms: number): number => round(ms / 1000);
  const startMs = {
    ours: Math.round(median(starts.later)),
    first: Math.round(median(starts.first)),
    empty: Math.round(of("empty", "startMs")),
  };
  const analyzer = Object.fromEntries(
    REPLAYED.map((name) => [name, { wall: seconds(of(name, "wallMs")), cpu: seconds(of(name, "cpuMs")) }]),
  );
  const preview = {
    none: seconds(median(previews.none)),
    trivial: seconds(median(previews.trivial)),
    ours: seconds(median(previews.ours)),
  };
  const shown = shownIn(requests);
  const first = ruleTimes(RULES, shown);
  const again = ruleTimes(RULES, shown);
  const figures = {
    resources: fold.resources.size,
    requests: requests.length,
    rules: RULES.length,
    said: fold.policies.map(({ policy }) => policy),
    packStartMs: startMs,
    analyzerSeconds: analyzer,
    // What is left without the round trips, which a pack without policies has too.
    analyzerOwnSeconds: seconds(median(replays.ours.map(({ wallMs }, at) => wallMs - replays.empty[at]!.wallMs))),
    previewSeconds: preview,
    rulesAloneMs: {
      all: round(first.reduce((sum, [, ms]) => sum + ms, 0)),
      allAgain: round(again.reduce((sum, [, ms]) => sum + ms, 0)),
      slowestAgain: Object.fromEntries(again.slice(0, 5).map(([rule, ms]) => [rule, round(ms)])),
    },
  };
  const against = (name: keyof Replays, figure: keyof PackTimes): number =>
    pairs((at) => replays.ours[at]![figure] / replays[name][at]![figure], REPLAYS);
  const ratios = {
    "analyzer, ours to trivial": against("trivial", "wallMs"),
    "analyzer, ours to typed": against("typed", "wallMs"),
    "analyzer's processor time, ours to trivial": against("trivial", "cpuMs"),
    "analyzer's processor time, ours to typed": against("typed", "cpuMs"),
    "preview, ours to trivial": pairs((at) => previews.ours[at]! / previews.trivial[at]!, PREVIEWS),
    "start, ours to empty": round(startMs.ours / startMs.empty),
    "start, later to first": pairs((at) => starts.later[at]! / starts.first[at]!, REPLAYS),
  };
  const aims = { "packStartMs.ours": 1000, analyzerOwnSeconds: 2, "analyzer, ours to trivial": 1.5 };
  process.stdout.write(`${JSON.stringify({ v: 1, figures, ratios, aims }, undefined, 2)}\n`);
}
