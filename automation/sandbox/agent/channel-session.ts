import type { Clocks } from "../account/clocks";
import type { Estate } from "../account/estate";
import type { Agents, PortSession } from "../account/ports";
import type { AgentKnobs } from "./agent-knobs";
import type { ClientLine } from "./client-line";
import { AgentPortSession } from "./port-session";

const INSTANCE = "aws:ec2/instance:Instance";
/** A session without traffic ends after 20 minutes (Systems Manager user guide, "Specify an idle session timeout value"): of AWS's time. */
const IDLE_MS = 20 * 60_000;

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
 * and stays when the client's socket is lost: such a session ends when it has been idle for AWS's 20 minutes (on the work clock).
 */
export class ChannelSession {
  private line: ClientLine | undefined;
  private agent: AgentPortSession | undefined;
  private idle: NodeJS.Timeout | undefined;

  constructor(
    private readonly session: PortSession,
    private readonly options: ChannelSessionOptions,
  ) {
    this.waitIdle();
  }

  /** A client's line with an accepted token; it replaces an older one. */
  attach(line: ClientLine): void {
    clearTimeout(this.idle);
    this.line?.cut();
    this.line = line;
    this.session.state = "connected";
    if (!this.agent) this.startAgent();
  }

  detach(line: ClientLine): void {
    if (this.line !== line) return;
    this.line = undefined;
    if (this.session.state !== "terminated") this.waitIdle();
  }

  receive(frame: Buffer): void {
    this.agent?.receive(frame);
  }

  /** Ends the session on both sides; the reason is for the user. */
  end(reason: string): void {
    if (this.session.state === "terminated") return;
    this.session.state = "terminated";
    clearTimeout(this.idle);
    this.agent?.close();
    this.line?.end(reason);
    this.options.ended();
  }

  /** Nobody answers if the instance is gone or its agent has no control channel: the client waits in vain, as in AWS. */
  private startAgent(): void {
    const { estate, agents, clocks, knobs } = this.options;
    const { host, portNumber, account, instanceId } = this.session;
    const instance = estate.find(INSTANCE, instanceId, account);
    if (!instance) return;
    const state = agents.state(instance);
    if (!state.connected) return;
    this.agent = new AgentPortSession({
      agentVersion: state.agentVersion,
      host,
      portNumber,
      knobs,
      dial: (signal) => agents.dial(instance, host, Number(portNumber), signal),
      transmit: (frame) => this.line?.send(frame),
      lineReady: () => this.line?.ready ?? false,
      hold: (on) => this.line?.hold(on),
      ended: (reason) => this.end(reason),
      wall: () => clocks.wall(),
      randomBytes: this.options.randomBytes,
    });
    this.agent.start();
  }

  private waitIdle(): void {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.end("Session timed out."), this.options.clocks.realDelay(IDLE_MS));
    // A session that nobody uses must not keep the sandbox's process alive.
    this.idle.unref();
  }
}
