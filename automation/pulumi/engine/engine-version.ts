/** The engine that is installed where none is found; the newest that builds from Go modules. */
export const ENGINE_VERSION = "3.220.0";

/** The oldest engine that is taken from PATH as it is. */
export const MINIMUM_ENGINE_VERSION = "3.220.0";

/** Where the vendor publishes the archives: the release assets of the pinned tag. */
export const ENGINE_DOWNLOADS = `https://github.com/pulumi/pulumi/releases/download/v${ENGINE_VERSION}`;

/** An official archive and the SHA-256 of its bytes, as the vendor's Homebrew formula of 10 February 2026 gives it. */
export interface EngineArchive {
  readonly file: string;
  readonly sha256: string;
}

const SHA256: Readonly<Record<string, string>> = {
  "linux-x64": "6f00c595e0c35821cd31903d7bb328a11c3c4bdad7acd59403fbb14cfcad45ff",
  "linux-arm64": "2600ee0f43d8cc3756d5ba96c31864f9b246961bb7f6d8ae467ed8c270c4f66b",
  "darwin-x64": "21bb2c9bdbf560cdee07c205b808b3b904159837eed6b24552c958f7b3129eee",
  "darwin-arm64": "4b2e9da6f2ee17d2e8173942df16b49c1fa3be05a1aac2855e373d4ca9a75b5e",
};

/** The pinned archive of a platform in Node's words, or `undefined` where none is pinned (Windows). */
export function engineArchive(platform: string, arch: string): EngineArchive | undefined {
  const sha256 = SHA256[`${platform}-${arch}`];
  if (sha256 === undefined) return undefined;
  return { file: `pulumi-v${ENGINE_VERSION}-${platform}-${arch}.tar.gz`, sha256 };
}

/**
 * The first `major.minor[.patch]` in a program's own words, as numbers.
 *
 * @example
 * parseVersion("go version go1.26.8 linux/amd64") // [1, 26, 8]
 * parseVersion("v3.220.0\n") // [3, 220, 0]
 */
export function parseVersion(text: string): readonly [number, number, number] | undefined {
  const match = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : undefined;
}

/** Whether the version in `text` is `minimum` or newer; a text without a version is not. */
export function isAtLeast(text: string, minimum: string): boolean {
  const [seen, wanted] = [parseVersion(text), parseVersion(minimum)];
  if (!seen || !wanted) return false;
  const at = seen.findIndex((part, index) => part !== wanted[index]);
  return at < 0 || (seen[at] ?? 0) > (wanted[at] ?? 0);
}
