import { watchClock, type Stack } from "./clock-skew";
import type { AwsOptions } from "./options";
import { translateAwsError } from "./translate-error";

/** What the SDK takes beside a command. */
export interface HttpOptions {
  readonly abortSignal?: AbortSignal;
}

/** Runs one call of a service; a failure leaves it as a SallyportError. */
export type Call = <T>(operation: string, send: (http: HttpOptions) => Promise<T>) => Promise<T>;

/**
 * Prepares a client's calls: the answer's Date is compared with our clock, an abort ends the call with the signal's reason,
 * errors are translated once, here.
 */
export function makeCall<Input extends object, Output extends object>(
  client: { readonly middlewareStack: Stack<Input, Output> },
  service: string,
  options: AwsOptions,
): Call {
  const { signal, region } = options;
  watchClock(client.middlewareStack, options.clock);
  return async (operation, send) => {
    signal?.throwIfAborted();
    try {
      return await send(signal ? { abortSignal: signal } : {});
    } catch (thrown) {
      if (signal?.aborted) throw signal.reason;
      throw translateAwsError(thrown, { service, operation, region });
    }
  };
}

/** All pages of a list: asks until an answer has no next token. */
export async function allPages<T>(
  page: (token: string | undefined) => Promise<{ readonly items: readonly T[]; readonly next: string | undefined }>,
): Promise<T[]> {
  const items: T[] = [];
  let token: string | undefined;
  do {
    const answer = await page(token);
    items.push(...answer.items);
    token = answer.next === "" ? undefined : answer.next;
  } while (token !== undefined);
  return items;
}
