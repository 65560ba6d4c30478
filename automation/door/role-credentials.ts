import type { AwsCredentials } from "../aws/options";
import type { SsoPortal } from "../aws/sso-portal";
import type { Clock } from "../core/clock";
import type { Redactor } from "../core/redactor";

/** Fetched again when less than this is left, milliseconds: a token signed with them must outlive its dial. */
const MARGIN_MS = 5 * 60_000;

/** Credentials that are kept, and fetched again before they end. */
export interface RoleCredentials {
  (): Promise<AwsCredentials>;
  /** AWS does not accept them any more, whatever their expiry says: the next who asks gets new ones. */
  drop(): void;
}

/** Credentials of a permission set, fetched once and again before they end; every client of a run shares them. */
export function roleCredentials(request: {
  readonly portal: Pick<SsoPortal, "roleCredentials">;
  readonly account: string;
  readonly set: string;
  readonly clock: Clock;
  readonly redactor: Redactor;
}): RoleCredentials {
  let held: AwsCredentials | undefined;
  let fetching: Promise<AwsCredentials> | undefined;
  const fetch = async (): Promise<AwsCredentials> => {
    const issued = await request.portal.roleCredentials(request.account, request.set);
    request.redactor.register(issued.secretAccessKey);
    if (issued.sessionToken) request.redactor.register(issued.sessionToken);
    held = issued;
    return issued;
  };
  const source = (): Promise<AwsCredentials> => {
    const left = (held?.expiration?.getTime() ?? Infinity) - request.clock.now();
    if (held && left > MARGIN_MS) return Promise.resolve(held);
    fetching ??= fetch().finally(() => {
      fetching = undefined;
    });
    return fetching;
  };
  return Object.assign(source, {
    drop: () => {
      held = undefined;
    },
  });
}
