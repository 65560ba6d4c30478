import type { Client } from "pg";
import type { SsoPortal } from "../aws/sso-portal";
import type { Ssm } from "../aws/ssm";
import type { Door } from "../door/open-door";

/** The demo's person inside her open door, and what she could try. */
export interface DemoWorld {
  /** Her sign-in's portal. */
  readonly portal: Pick<SsoPortal, "roleCredentials">;
  readonly account: string;
  /** Calls with her permission set's credentials. */
  readonly ssm: Pick<Ssm, "startSession">;
  readonly door: Pick<Door, "openDatabase" | "password" | "openStream" | "instanceId" | "host">;
  readonly login: string;
  readonly database: string;
  /** Her connection through the proxy. */
  readonly client: Pick<Client, "query">;
  /** A TLS handshake on a stream of the door that expects this name in the certificate. */
  readonly expectName: (name: string) => Promise<unknown>;
  /** Moves the sandbox's wall clock by milliseconds while something runs. */
  readonly later: <T>(ms: number, work: () => Promise<T>) => Promise<T>;
}

/** Something that must be refused, and the words by which it is. */
export interface Refusal {
  readonly title: string;
  readonly expected: RegExp;
  /** Tries it; it is refused by throwing. */
  readonly attempt: (world: DemoWorld) => Promise<unknown>;
  /** The words of an error; its message when left out. */
  readonly said?: (error: unknown) => string;
}

/**
 * An error of AWS as its own tools show it: status, name and the sentence.
 *
 * @example awsWords(error) // "403 ForbiddenException: No access"
 */
export function awsWords(error: unknown): string {
  const cause = error instanceof Error ? (error.cause as AwsCause | undefined) : undefined;
  const message = cause?.message ?? (error instanceof Error ? error.message : String(error));
  return [cause?.$metadata?.httpStatusCode, cause?.name].filter(Boolean).join(" ") + `: ${message}`;
}

/** The parts of an SDK error that tell who refused. */
interface AwsCause {
  readonly name?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** How a refusal went. */
export interface Refused {
  readonly title: string;
  /** True: refused with the expected words. */
  readonly held: boolean;
  /** The words that a user would see. */
  readonly words: string;
}

/** Tries one thing that must not work. What works is the worst; another refusal than the expected one is no proof either. */
export async function tryRefusal(
  { title, expected, attempt, said = messageOf }: Refusal,
  world: DemoWorld,
): Promise<Refused> {
  try {
    await attempt(world);
    return { title, held: false, words: "it worked" };
  } catch (error) {
    const words = said(error);
    return { title, held: expected.test(words), words: shortHosts((expected.exec(words)?.[0] ?? words).trim()) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Endpoint names without what all of them end with. */
export function shortHosts(text: string): string {
  return text.replace(/(\.cluster-(?:ro-)?\w+)\.[\w-]+\.rds\.amazonaws\.com/g, "$1.…");
}
