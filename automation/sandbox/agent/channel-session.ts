import { MESSAGE_TYPES } from "../../tunnel/wire/message-types";
import type { Clocks } from "../account/clocks";
import type { CloudObject, Estate } from "../account/estate";
import type { Agents, PortSession } from "../account/ports";
import { textOf } from "../network/read-props";
import type { AgentKnobs } from "./agent-knobs";
import type { ClientLine } from "./client-line";
import { AgentPortSession } from "./port-session";
import { SessionLimits } from "./session-limits";

const INSTANCE = "aws:ec2/instance:Instance";
/** The agent opens its socket again after 100 to 199 ms (amazon-ssm-agent, `agent/session/config/config.go`). */
const RECONNECT_MS = 150;

/** What a session's two ends need. */
export interface ChannelSessionOptions {
  readonly estate: Estate;
  readonly agents: Agents;
  readonly clocks: Clocks;
  readonly randomBytes: (size: number) => Buffer;
  readonly knobs: AgentKnobs;
  /** The session is over. */
  ended(): void;
}

/**
 * One session in the gateway: the client's line on one side, the agent on the other. The agent comes when the channel is first opened
 * and stays when the client's socket is lost; the limits of AWS's clock end what is idle or too old, and close sockets every hour.
 */
export class ChannelSession {
  private line: ClientLine | undefined;
  private lineOpenedAt = 0;
  private agent: AgentPortSession | undefined;
  /** The agent's own socket is lost and will be back. */
  private agentAway: NodeJS.Timeout | undefined;
  /** The agent reads nothing for now. */
  private held = false;
  private readonly limits: SessionLimits;

  constructor(
    private readonly session: PortSession,
    private readonly options: ChannelSessionOptions,
  ) {
    this.limits = new SessionLimits(options.clocks, options.knobs);
  }

  /** A client's line with an accepted token; it replaces an older one. */
  attach(line: ClientLine): void {
    this.line?.cut();
    this.line = line;
    this.lineOpenedAt = this.options.clocks.work();
    this.session.state = "connected";
    if (this.held) line.hold(true);
    if (this.agent) this.agent.reconnected();
    else this.startAgent();
  }

  detach(line: ClientLine): void {
    if (this.line === line) this.line = undefined;
  }

  receive(frame: Buffer): void {
    if (this.options.knobs.silentAgent || this.agentAway) return;
    if (isStreamData(frame)) this.limits.used();
    this.agent?.receive(frame);
  }

  /** To be called about every 100 ms: limits, and what the line counts. */
  tick(): void {
    const reason = this.limits.over();
    if (reason !== undefined) return this.end(reason);
    // Without its machine the agent is gone; what AWS says then is not documented.
    if (this.agent && !isRunning(this.instance())) return this.end("");
    this.line?.tick();
    if (this.line && this.limits.rotates(this.lineOpenedAt)) this.line.close(1000);
  }

  /** Ends the session on both sides; the reason is for the user. */
  end(reason: string): void {
    if (this.session.state === "terminated") return;
    this.session.state = "terminated";
    clearTimeout(this.agentAway);
    this.agent?.close();
    this.line?.end(reason);
    this.options.ended();
  }

  /** Closes the client's socket with a code; false if there is none. */
  closeLine(code: number): boolean {
    this.line?.close(code);
    return this.line !== undefined;
  }

  /** Says `start_publication` or `pause_publication` to one side. */
  publish(on: boolean, side: "client" | "agent"): void {
    if (side === "client") this.line?.publish(on);
    else this.agent?.publish(on);
  }

  /** The agent's own socket is closed in an orderly way, or dies in the middle of the next message. */
  reconnectAgent(how: "bye" | "cut"): void {
    if (how === "cut") this.agent?.loseAcknowledgement();
    else this.awayForAWhile();
  }

  private awayForAWhile(): void {
    clearTimeout(this.agentAway);
    this.agentAway = setTimeout(() => {
      this.agentAway = undefined;
      this.agent?.reconnected();
    }, RECONNECT_MS);
  }

  private instance(): CloudObject | undefined {
    return this.options.estate.find(INSTANCE, this.session.instanceId, this.session.account);
  }

  /** Nobody answers if the instance is gone or its agent has no control channel: the client waits in vain, as in AWS. */
  private startAgent(): void {
    const { agents, clocks, knobs } = this.options;
    const { host, portNumber, localPortNumber } = this.session;
    const instance = this.instance();
    if (!instance) return;
    const state = agents.state(instance);
    if (!state.connected) return;
    this.agent = new AgentPortSession({
      agentVersion: state.agentVersion,
      host,
      portNumber,
      localPortNumber,
      knobs,
      resolve: async () => {
        const destination = await agents.resolve(instance, host, Number(portNumber));
        return (signal) => agents.dial(instance, destination, signal);
      },
      transmit: (frame) => this.transmit(frame),
      lineReady: () => !this.agentAway && !knobs.silentAgent && (this.line?.ready ?? false),
      hold: (on) => {
        this.held = on;
        this.line?.hold(on);
      },
      socketLost: () => this.awayForAWhile(),
      ended: (reason) => this.end(reason),
      wall: () => clocks.wall(),
      randomBytes: this.options.randomBytes,
    });
    this.agent.start();
  }

  private transmit(frame: Buffer): void {
    if (!this.line || this.agentAway || this.options.knobs.silentAgent) return;
    if (isStreamData(frame)) this.limits.used();
    this.line.send(frame);
  }
}

/** Acknowledgements are no use of a session. The type begins at byte 4. */
function isStreamData(frame: Buffer): boolean {
  return [MESSAGE_TYPES.input, MESSAGE_TYPES.output].some(
    (type) => frame.toString("latin1", 4, 4 + type.length) === type,
  );
}

function isRunning(instance: CloudObject | undefined): boolean {
  return instance !== undefined && (textOf(instance.props.instanceState) ?? "running") === "running";
}
