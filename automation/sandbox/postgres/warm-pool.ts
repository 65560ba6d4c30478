import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Clock } from "../../core/clock";
import { SallyportError } from "../../core/errors";
import { MAJORS, type Major, type PostgresBinaries } from "./binaries";
import { initialise } from "./initialise";
import { clearLeftovers, PLACES_FILE, type Places } from "./leftovers";
import { startServer, type RunningPostgres } from "./server";
import { giveTo, reachableBinaries, type ServerUser } from "./server-user";
import { SOCKET_PATH_LIMIT, socketPath } from "./settings";

/** Where and as whom the servers run. */
export interface PoolOptions {
  /** The sandbox's own folder (0700, exists). */
  readonly folder: string;
  /** The machine's folder for temporary files. */
  readonly temporary: string;
  /** Finds the binaries of a major version. */
  readonly binariesOf: (major: Major) => PostgresBinaries;
  readonly user: ServerUser | undefined;
  readonly clock: Clock;
}

/** The version that is kept warm. */
const USUAL = MAJORS[0];

/** A claimed server; destroying it stops it and removes its data. */
export interface ClaimedPostgres extends RunningPostgres {
  destroy(): Promise<void>;
}

/**
 * Makes one data folder of the usual version ready beforehand, so that the first cluster, mostly the only one, starts in a tenth of a
 * second; further ones are made when they are asked for.
 */
export class WarmPool {
  private readonly running = new Set<ClaimedPostgres>();
  private readonly found = new Map<Major, PostgresBinaries>();
  private warm: Promise<string> | undefined;
  private count = 0;

  private constructor(
    private readonly options: PoolOptions,
    private readonly places: Places,
  ) {}

  /** Clears what an earlier run left, makes the folders and begins to warm up. */
  static async open(options: PoolOptions): Promise<WarmPool> {
    await clearLeftovers(options.folder, dataFolders, options.clock);
    const places = makePlaces(options);
    writeFileSync(path.join(options.folder, PLACES_FILE), JSON.stringify(places), { mode: 0o600 });
    const pool = new WarmPool(options, places);
    // At once, so that a missing package is told at the start.
    pool.binaries(USUAL);
    pool.warmUp();
    return pool;
  }

  /** Starts a server: in the warm folder, or in one that is made now (a second). */
  async claim(major: Major = USUAL): Promise<ClaimedPostgres> {
    const dataFolder = await (major === USUAL ? this.takeWarm() : this.initialise(major));
    const socketFolder = path.join(this.places.sockets, path.basename(dataFolder));
    mkdirSync(socketFolder, { mode: 0o700 });
    giveTo(this.options.user, socketFolder);
    const log = `${dataFolder}.log`;
    const server = await startServer(
      this.binaries(major),
      { dataFolder, socketFolder, log },
      this.options.user,
      this.options.clock,
    );
    const destroy = async (): Promise<void> => {
      this.running.delete(claimed);
      await server.stop();
      for (const each of [dataFolder, socketFolder, log])
        rmSync(each, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    };
    const claimed: ClaimedPostgres = { ...server, destroy };
    this.running.add(claimed);
    return claimed;
  }

  /** Stops every server and removes every folder. */
  async close(): Promise<void> {
    await this.warm?.catch(() => undefined);
    await Promise.all([...this.running].map((each) => each.destroy()));
    for (const each of [this.places.data, this.places.sockets])
      rmSync(each, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    rmSync(path.join(this.options.folder, PLACES_FILE), { force: true });
  }

  private takeWarm(): Promise<string> {
    const folder = this.warm ?? this.initialise(USUAL);
    // Before anything is awaited: two claims at once must not take one folder.
    this.warm = undefined;
    return folder;
  }

  private binaries(major: Major): PostgresBinaries {
    let found = this.found.get(major);
    if (!found) {
      found = reachableBinaries(this.options.binariesOf(major), this.options.user, this.options.temporary);
      this.found.set(major, found);
    }
    return found;
  }

  private async initialise(major: Major): Promise<string> {
    const dataFolder = path.join(this.places.data, `c${(this.count += 1)}`);
    await initialise(this.binaries(major), dataFolder, this.options.user);
    return dataFolder;
  }

  private warmUp(): void {
    this.warm = this.initialise(USUAL);
    // A failure is told to whoever claims; until then nobody listens.
    this.warm.catch(() => undefined);
  }
}

/** Data folders of a run: `c1`, `c2`, … */
function dataFolders(data: string): string[] {
  if (!existsSync(data)) return [];
  return readdirSync(data)
    .filter((name) => /^c\d+$/.test(name))
    .map((name) => path.join(data, name));
}

function makePlaces({ folder, temporary, user }: PoolOptions): Places {
  const owned = (place: string): string => {
    giveTo(user, place);
    return place;
  };
  // Another account cannot pass our 0700 folders: its data lies in the machine's temporary folder.
  const data = owned(mkdtempSync(user ? path.join(temporary, "sallyport-data-") : path.join(folder, "postgres-")));
  const roots = [temporary, "/tmp"].filter(
    (root) => Buffer.byteLength(socketPath(path.join(root, "sallyport-xxxxxx", "c999"), 65535)) <= SOCKET_PATH_LIMIT,
  );
  const [root] = roots;
  if (root === undefined)
    throw new SallyportError("SANDBOX_START_FAILED", {
      message: `The temporary folder's path is too long for a unix socket: ${temporary}`,
    });
  return { data, sockets: owned(mkdtempSync(path.join(root, "sallyport-"))) };
}
