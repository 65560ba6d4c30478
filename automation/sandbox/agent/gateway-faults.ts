import type { ChannelSession } from "./channel-session";

/** What can be done to open sessions: to all, or to one. Each answers how many it happened to. */
export interface GatewayFaults {
  /** Closes clients' sockets with a code of CLOSE_REASONS; 1006 = cut. */
  closeSockets(code: number, sessionId?: string): number;
  /** Says `start_publication` or `pause_publication` to clients or agents. */
  publish(on: boolean, side: "client" | "agent", sessionId?: string): number;
  /** The agents' processes die: streams and sessions end. */
  restartAgents(sessionId?: string): number;
  /** The agents' own sockets are closed (`bye`), or die in the middle of the next message (`cut`); the agents come back. */
  reconnectAgents(how: "bye" | "cut", sessionId?: string): number;
}

/** The faults over the gateway's open channels, by session id. */
export function gatewayFaults(channels: ReadonlyMap<string, ChannelSession>): GatewayFaults {
  const each = (sessionId: string | undefined, act: (channel: ChannelSession) => boolean | void): number => {
    const meant = [...channels].filter(([id]) => sessionId === undefined || id === sessionId);
    return meant.filter(([, channel]) => act(channel) !== false).length;
  };
  return {
    closeSockets: (code, sessionId) => each(sessionId, (channel) => channel.closeLine(code)),
    publish: (on, side, sessionId) => each(sessionId, (channel) => channel.publish(on, side)),
    // What AWS's channel_closed says then is not known; it often says nothing.
    restartAgents: (sessionId) => each(sessionId, (channel) => channel.end("")),
    reconnectAgents: (how, sessionId) => each(sessionId, (channel) => channel.reconnectAgent(how)),
  };
}
