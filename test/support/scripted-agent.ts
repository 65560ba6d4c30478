import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";
import { systemClock } from "../../automation/core/clock";
import type { TunnelOptions } from "../../automation/tunnel/tunnel";
import { decodeMessage, encodeMessage, type AgentMessage } from "../../automation/tunnel/wire/agent-message";
import { encodeChannelClosed } from "../../automation/tunnel/wire/channel-closed";
import { encodeAcknowledge } from "../../automation/tunnel/wire/acknowledge";
import { encodeHandshakeComplete, encodeHandshakeRequest } from "../../automation/tunnel/wire/handshake-json";
import { randomUuid } from "../../automation/tunnel/wire/uuid";

/** Gateway and agent written out by hand: does nothing by itself but what the script says. Neither orders nor resends. */
export interface ScriptedAgent {
  readonly url: string;
  readonly requests: IncomingMessage[];
  /** What came, in order: `text` frames as text. */
  readonly received: (AgentMessage | string)[];
  /** Called for each frame after it was recorded. */
  onFrame: (message: AgentMessage | string) => void;
  socket(): WebSocket;
  send(payloadType: number, payload: Buffer, sequence: number): void;
  sendRaw(frame: Buffer): void;
  acknowledge(message: AgentMessage): void;
  /** Answers as an agent with a mux that says nothing: handshake, an acknowledgement for everything, the end when asked for it. */
  behave(options?: { agentVersion?: string; customerMessage?: string }): void;
  /** Resolves when a frame satisfies `wanted`, past ones included. */
  seen(wanted: (message: AgentMessage | string) => boolean): Promise<AgentMessage | string>;
  options(more?: Partial<TunnelOptions>): TunnelOptions;
  close(): Promise<void>;
}

export const REQUEST = {
  agentVersion: "3.3.1611.0",
  actions: [
    {
      actionType: "SessionType",
      parameters: {
        SessionType: "Port",
        Properties: { host: "db", portNumber: "5432", localPortNumber: "0", type: "LocalPortForwarding" },
      },
    },
  ],
};

export const CLOSED = { sessionId: "jane-1", messageId: "6ba7b810-9dad-41d1-80b4-00c04fd430c8", createdDate: 1 };

export async function scriptedAgent(): Promise<ScriptedAgent> {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const waiting: {
    wanted: (message: AgentMessage | string) => boolean;
    found: (message: AgentMessage | string) => void;
  }[] = [];
  let current: WebSocket | undefined;
  const identity = (): { id: string; createdDate: number } => ({ id: randomUuid(randomBytes), createdDate: 1 });
  const agent: ScriptedAgent = {
    url: `ws://127.0.0.1:${port}/v1/data-channel/jane-1?role=publish_subscribe`,
    requests: [],
    received: [],
    onFrame: () => undefined,
    socket: () => current as WebSocket,
    send: (payloadType, payload, sequence) =>
      agent.sendRaw(
        encodeMessage({
          ...identity(),
          type: "output_stream_data",
          sequence,
          flags: sequence === 0 ? 1 : 0,
          payloadType,
          payload,
        }),
      ),
    sendRaw: (frame) => current?.send(frame),
    acknowledge: (message) => agent.sendRaw(encodeAcknowledge(message, identity())),
    behave: ({ agentVersion = REQUEST.agentVersion, customerMessage = "" } = {}) => {
      agent.onFrame = (message) => {
        if (typeof message === "string") return agent.send(5, encodeHandshakeRequest({ ...REQUEST, agentVersion }), 0);
        if (message.type !== "input_stream_data") return;
        agent.acknowledge(message);
        if (message.payloadType === 10) agent.sendRaw(encodeChannelClosed({ ...CLOSED, output: "" }));
        if (message.payloadType === 6) agent.send(7, encodeHandshakeComplete({ nanoseconds: 1, customerMessage }), 1);
      };
    },
    seen: (wanted) => {
      const found = agent.received.find(wanted);
      return found === undefined
        ? new Promise((resolve) => waiting.push({ wanted, found: resolve }))
        : Promise.resolve(found);
    },
    options: (more) => ({
      streamUrl: agent.url,
      tokenValue: "secret-token",
      sessionId: "jane-1",
      sign: async () => ({}),
      clock: systemClock,
      randomBytes,
      connectTimeoutMs: 5_000,
      ...more,
    }),
    close: async () => {
      for (const client of server.clients) client.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  server.on("connection", (socket, request) => {
    current = socket;
    agent.requests.push(request);
    socket.on("message", (data, isBinary) => {
      const decoded = isBinary ? decodeMessage(data as Buffer) : undefined;
      const message = decoded ? (decoded.ok ? decoded.message : decoded.rejection) : (data as Buffer).toString();
      agent.received.push(message);
      agent.onFrame(message);
      for (const { wanted, found } of waiting) if (wanted(message)) found(message);
    });
  });
  return agent;
}

/** Whether a frame is a message with this payload type. */
export const ofPayload =
  (payloadType: number) =>
  (message: AgentMessage | string): boolean =>
    typeof message !== "string" && message.type === "input_stream_data" && message.payloadType === payloadType;
