/** What the daemon is started with: its one argument, as JSON. No secret. */
export interface DaemonOrder {
  readonly projectRoot: string;
  /** Port of the APIs; 0 = any. */
  readonly port: number;
  /** AWS's own delays are divided by this. */
  readonly speed: number;
  /** It lives on when its starter ends; otherwise the end of its stdin ends it. */
  readonly detached: boolean;
}

/** The daemon's one word to its starter, a JSON line on descriptor 3. */
export type DaemonWord =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly code: string;
      readonly message: string;
      readonly likely?: string;
      readonly next?: string;
    };
