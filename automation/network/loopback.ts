/**
 * True for a host that is this machine and nothing else: 127.0.0.0/8, `::1` (with or without brackets), `localhost`.
 * `host` is as `new URL(…).hostname` writes it: lower case, addresses in their short form.
 *
 * @example isLoopbackHost("[::1]") // true
 * @example isLoopbackHost("127.0.0.1.evil.example") // false
 */
export function isLoopbackHost(host: string): boolean {
  return /^(127(\.\d{1,3}){3}|\[::1\]|::1|localhost)$/.test(host);
}
