import type { CredentialSource } from "../aws/options";
import { awsErrorName } from "../aws/translate-error";
import { SallyportError } from "../core/errors";
import type { DoorCalls } from "./resolve-door";
import type { RoleCredentials } from "./role-credentials";

/** AWS's names for keys whose time is over ("Common error types" of each service's API reference); a sign-in that ended has another. */
const EXPIRED = new Set(["ExpiredToken", "ExpiredTokenException"]);

/**
 * A door's calls that outlive their credentials: where AWS says that those ended before their time, they are dropped and the call is
 * made again, once, over clients made anew, because AWS's clients keep what they were given. Credentials that cannot be fetched
 * again (keys of the environment) are AWS's last word.
 *
 * Errors: those of the calls; AUTH_SIGN_IN_EXPIRED if the new credentials are expired too.
 */
export function renewedCalls(make: () => DoorCalls, credentials: CredentialSource | undefined): DoorCalls {
  let latest = make();
  const call = async <T>(act: (calls: DoorCalls) => Promise<T>): Promise<T> => {
    const used = latest;
    try {
      return await act(used);
    } catch (thrown) {
      if (!saysExpired(thrown) || !canDrop(credentials)) throw thrown;
      // Calls that were under way together share one renewal.
      if (used === latest) {
        credentials.drop();
        latest = make();
      }
      return act(latest);
    }
  };
  return {
    rds: { clustersByResourceId: (id) => call(({ rds }) => rds.clustersByResourceId(id)) },
    ssm: {
      describeDocument: (name) => call(({ ssm }) => ssm.describeDocument(name)),
      nodesByTag: (key, value) => call(({ ssm }) => ssm.nodesByTag(key, value)),
      isConnected: (instance) => call(({ ssm }) => ssm.isConnected(instance)),
      startSession: (session) => call(({ ssm }) => ssm.startSession(session)),
      resumeSession: (id) => call(({ ssm }) => ssm.resumeSession(id)),
      terminateSession: (id) => call(({ ssm }) => ssm.terminateSession(id)),
    },
  };
}

function saysExpired(thrown: unknown): boolean {
  return thrown instanceof SallyportError && EXPIRED.has(awsErrorName(thrown.cause));
}

function canDrop(source: CredentialSource | undefined): source is RoleCredentials {
  return typeof source === "function" && "drop" in source;
}
