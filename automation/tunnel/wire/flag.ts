/** A flag payload: four bytes, unsigned, big-endian (amazon-ssm-agent, `agent/session/contracts/model.go`). */
export function encodeFlag(flag: number): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(flag);
  return payload;
}

/**
 * The value of a flag payload; `undefined` if it is not four bytes long.
 *
 * @example decodeFlag(Buffer.from("00000002", "hex")) // 2: TerminateSession
 */
export function decodeFlag(payload: Buffer): number | undefined {
  return payload.length === 4 ? payload.readUInt32BE(0) : undefined;
}
