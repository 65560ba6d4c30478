import { Duplex } from "node:stream";
import { Deferred } from "../../automation/tunnel/deferred";
import type { Tunnel, TunnelClosed, TunnelLoad, TunnelStream } from "../../automation/tunnel/tunnel";

/** A tunnel without a line: streams that a test ends as it likes. */
export interface FakeTunnel extends Tunnel {
  readonly streams: FakeStream[];
  /** What `load` answers, beside the streams. */
  readonly set: { -readonly [K in keyof TunnelLoad]?: TunnelLoad[K] };
  end(message: string): void;
}

export class FakeStream extends Duplex {
  endedByPeer = false;
  override _read(): void {}
  override _write(_chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    done();
  }
  /** Ends as the far side's end does. */
  endByPeer(): void {
    this.endedByPeer = true;
    this.destroy();
  }
}

export function fakeTunnel(): FakeTunnel {
  const ending = new Deferred<TunnelClosed>();
  const set: FakeTunnel["set"] = {};
  const streams: FakeStream[] = [];
  let over = false;
  const finish = (closed: TunnelClosed): void => {
    over = true;
    for (const stream of streams) stream.destroy();
    ending.resolve(closed);
  };
  return {
    streams,
    set,
    openStream: async (): Promise<TunnelStream> => {
      if (over) throw new Error("closed");
      const stream = new FakeStream();
      streams.push(stream);
      return stream;
    },
    get load() {
      const open = streams.filter((stream) => !stream.destroyed).length;
      return {
        ready: !over,
        streams: open,
        receivedBytes: 0,
        failedDials: 0,
        messages: { sent: 0, again: 0 },
        stalledMs: 0,
        pressed: false,
        ...set,
      };
    },
    close: async () => finish({ by: "us", message: "closed" }),
    closed: ending.promise,
    end: (message) => finish({ by: "network", message }),
  };
}

/** A tunnel whose streams somebody else makes, e.g. straight to a stand-in of the database. */
export function tunnelTo(open: () => Promise<Duplex>, closed: () => void = () => undefined): Tunnel {
  const tunnel = fakeTunnel();
  return {
    get load() {
      return tunnel.load;
    },
    closed: tunnel.closed,
    openStream: async () => Object.assign(await open(), { endedByPeer: false }),
    close: async () => {
      await tunnel.close();
      closed();
    },
  };
}
