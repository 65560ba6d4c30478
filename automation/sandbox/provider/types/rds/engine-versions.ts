/**
 * Aurora PostgreSQL versions that the sandbox offers, newest last, by major version: those that it has a server of, so that a row
 * never speaks of another. Aurora lists 18.3 and 18.4 (snapshot of describe-db-engine-versions in the public pull request
 * ministackorg/ministack#1299); 18.4 is the server's own.
 */
const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  "16": ["16.4", "16.6", "16.8", "16.9"],
  "18": ["18.4"],
};
const NEWEST = "18";

/**
 * The full version behind a wanted one: a major version means its newest minor, none the newest of all.
 *
 * @example fullVersion("16") // "16.9"
 * @returns undefined for a version that is not offered.
 */
export function fullVersion(wanted: string | undefined): string | undefined {
  const [major = ""] = (wanted ?? NEWEST).split(".");
  const minors = VERSIONS[major] ?? [];
  return wanted === undefined || wanted === major ? minors.at(-1) : minors.find((version) => version === wanted);
}

/**
 * Parameter group family of an engine version.
 *
 * @example familyOf("aurora-postgresql", "16.9") // "aurora-postgresql16"
 */
export function familyOf(engine: string, version: string): string {
  return `${engine}${version.split(".")[0] ?? ""}`;
}

/** Whether a parameter group family is offered. */
export function isFamily(family: string): boolean {
  return Object.keys(VERSIONS).some((major) => family === `aurora-postgresql${major}`);
}
