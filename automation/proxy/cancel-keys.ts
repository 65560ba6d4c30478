import { timingSafeEqual } from "node:crypto";

/** Keys (process id and secret key as one) that this proxy handed to its open connections. */
export class CancelKeys {
  private readonly keys = new Map<number, Buffer>();

  /** Keeps a copy of the body of BackendKeyData for a connection. */
  remember(connection: number, key: Buffer): void {
    this.keys.set(connection, Buffer.from(key));
  }

  /** Drops the key of a connection that ended. */
  forget(connection: number): void {
    this.keys.delete(connection);
  }

  /** The connection that a key belongs to; undefined for a key that was not handed out here. */
  owner(key: Buffer): number | undefined {
    let found: number | undefined;
    for (const [connection, own] of this.keys)
      if (own.length === key.length && timingSafeEqual(own, key)) found = connection;
    return found;
  }
}
