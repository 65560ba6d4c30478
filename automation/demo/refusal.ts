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
export async function tryRefusal({ title, expected, attempt }: Refusal, world: DemoWorld): Promise<Refused> {
  try {
    await attempt(world);
    return { title, held: false, words: "it worked" };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { title, held: expected.test(words), words: (expected.exec(words)?.[0] ?? words).trim() };
  }
}
