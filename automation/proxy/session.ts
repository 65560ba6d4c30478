import type net from "node:net";
import type { Duplex } from "node:stream";
import type { SecureContext } from "node:tls";
import type { CancelKeys } from "./cancel-keys";
import { logInClient, type LocalLogin, type LoggedIn } from "./client-login";
import type { OpenProxyRequest } from "./proxy-contract";
import { Refusal } from "./refusal";
import { withinLimit } from "./session-limits";
import { splice } from "./splice";
import { endGently } from "./stream-end";
import { unreachable } from "./unreachable";
import { awaitReady, logInUpstream, UpstreamRefused } from "./upstream-login";
import { upstreamParameters } from "./upstream-startup";
import { welcome, type Welcomed } from "./welcome";
import { cancelRequest } from "./wire/client-messages";
import { MessageReader, StreamEnded } from "./wire/message-reader";
import { AUTHENTICATION_OK, fatal } from "./wire/server-messages";

/** What the sessions of one proxy share. */
export interface SessionShared {
  readonly request: OpenProxyRequest;
  readonly login: LocalLogin;
  readonly loginTimeoutMs: number;
  readonly maxConnections: number;
  /** Connections that are logged in here and hold one of the places. */
  readonly places: Set<Session>;
  readonly keys: CancelKeys;
  /** TLS for clients; undefined on a socket. */
  readonly context: (() => Promise<SecureContext>) | undefined;
}

/** One client's connection, from its first byte to its last. */
export class Session {
  private readonly over = new AbortController();
  private client: Duplex;
  private upstream: Duplex | undefined;
  private joined = false;

  constructor(
    private readonly socket: net.Socket,
    private readonly id: number,
    private readonly shared: SessionShared,
  ) {
    this.client = socket;
    socket.on("error", () => undefined);
  }

  /** Runs the connection; resolves when it is over, never rejects. */
  async run(): Promise<void> {
    try {
      const asked = await this.welcomed();
      if (asked.packet.kind === "cancel") await this.cancel(asked.packet.key);
      else await this.serve(asked, await this.loggedIn(asked, asked.packet));
    } catch (thrown) {
      this.refuse(thrown);
    } finally {
      this.shared.keys.forget(this.id);
      this.shared.places.delete(this);
    }
  }

  /** Ends the connection; a client that is not served yet is told why. */
  stop(): void {
    if (!this.joined) return this.over.abort(new Refusal("57P01", "the proxy was closed"));
    this.upstream?.destroy();
    // The client may be in the middle of a message: nothing can be said any more.
    this.client.destroy();
  }

  private welcomed(): Promise<Welcomed> {
    const upgraded = (stream: Duplex): void => void (this.client = stream);
    return this.limited(welcome(this.socket, { context: this.shared.context, upgraded }), this.tooSlow());
  }

  private loggedIn({ stream, reader }: Welcomed, packet: Parameters<typeof logInClient>[2]): Promise<LoggedIn> {
    return this.limited(logInClient(stream, reader, packet, this.shared.login), this.tooSlow());
  }

  private async serve({ stream: client, reader }: Welcomed, asked: LoggedIn): Promise<void> {
    const { places, maxConnections, request, keys } = this.shared;
    if (places.size >= maxConnections)
      throw new Refusal("53300", `this proxy holds ${maxConnections} connections already`);
    places.add(this);
    reader.whenEnded(() => this.over.abort(new StreamEnded("the client hung up")));
    const parameters = upstreamParameters(asked.parameters, request.upstream);
    const work = this.reach(client, { ...asked, parameters });
    const upstream = await this.limited(work, this.noAnswer()).catch((thrown: unknown) => {
      throw this.over.signal.aborted ? this.over.signal.reason : unreachable(thrown);
    });
    this.joined = true;
    const value = (name: string): string => parameters.findLast((each) => each.name === name)?.value.toString() ?? "";
    const from = request.clock.now();
    request.report({
      type: "proxy.connection.opened",
      connection: this.id,
      database: value("database"),
      client: value("application_name"),
    });
    const fromUpstream = upstream.reader.release();
    const fromClient = reader.release();
    const joined = splice({ client, upstream: upstream.stream, fromClient, fromUpstream, clock: request.clock });
    const traffic = await joined;
    keys.forget(this.id);
    request.report({
      type: "proxy.connection.closed",
      connection: this.id,
      ms: request.clock.now() - from,
      ...traffic,
    });
  }

  /** Opens the way to the database and logs in there, until it is ready for a query. */
  private async reach(client: Duplex, asked: LoggedIn): Promise<{ stream: Duplex; reader: MessageReader }> {
    const { upstream } = this.shared.request;
    const stream = await this.openUpstream();
    const reader = new MessageReader(stream);
    await logInUpstream(stream, reader, { ...asked, password: () => upstream.password() });
    client.write(AUTHENTICATION_OK);
    await awaitReady(
      reader,
      (key) => this.shared.keys.remember(this.id, key),
      (raw) => void client.write(raw),
    );
    return { stream, reader };
  }

  private async openUpstream(): Promise<Duplex> {
    const stream = await this.shared.request.upstream.openStream(this.over.signal);
    stream.on("error", () => undefined);
    this.upstream = stream;
    // A stream that comes too late belongs to nobody.
    if (this.over.signal.aborted) stream.destroy();
    return stream;
  }

  /** Forwards a cancel request if its key is of this proxy; nothing is answered either way, as PostgreSQL does. */
  private async cancel(key: Buffer): Promise<void> {
    const owner = this.shared.keys.owner(key);
    if (owner !== undefined) await this.limited(this.forward(key), this.noAnswer()).catch(() => undefined);
    if (owner !== undefined) this.shared.request.report({ type: "proxy.query.cancelled", connection: owner });
    this.over.abort();
    this.upstream?.destroy();
    endGently(this.client, this.shared.request.clock);
  }

  private async forward(key: Buffer): Promise<void> {
    const stream = await this.openUpstream();
    const closed = new Promise<void>((resolve) => stream.once("close", resolve).once("end", resolve));
    stream.resume();
    stream.write(cancelRequest(key));
    // The server closes when it has passed the signal on; libpq waits for that.
    await closed;
  }

  private limited<T>(work: Promise<T>, late: Refusal): Promise<T> {
    const { loginTimeoutMs: ms, request } = this.shared;
    return withinLimit(work, { clock: request.clock, ms, signal: this.over.signal, late });
  }

  private tooSlow(): Refusal {
    return new Refusal("57014", `no login within ${this.shared.loginTimeoutMs / 1000} s`);
  }

  private noAnswer(): Refusal {
    const message = `the database did not answer the login within ${this.shared.loginTimeoutMs / 1000} s`;
    return new Refusal("08006", message);
  }

  private refuse(thrown: unknown): void {
    // Whatever still runs must not go on with a connection that is over.
    this.over.abort(thrown);
    this.upstream?.destroy();
    const told = thrown instanceof UpstreamRefused ? thrown.raw : thrown instanceof Refusal ? fatal(thrown) : undefined;
    // A client that hung up is no failure: psql without a password does so, asks for one and comes again.
    if (told === undefined || !(thrown instanceof UpstreamRefused || thrown instanceof Refusal))
      return void this.client.destroy();
    const { code, message: text } = thrown;
    this.shared.request.report({ type: "proxy.connection.refused", connection: this.id, code, text });
    endGently(this.client, this.shared.request.clock, told);
  }
}
