import { rmSync } from "node:fs";
import { readIfThere, writeByRename } from "./private-write";

/** `.sallyport/sandbox/sandbox.json`: how to reach a running sandbox, and what is in it. What is not deployed yet is empty. */
export interface SandboxFile {
  readonly version: 1;
  readonly pid: number;
  /** Where environments are deployed. */
  readonly region: string;
  readonly accounts: readonly { readonly id: string; readonly role: "workload" | "identity" }[];
  /** One HTTP port for every AWS API, the portal and the control routes. */
  readonly endpointUrl: string;
  readonly controlToken: string;
  readonly identity: { readonly startUrl: string; readonly region: string };
  /** Path of the authorities' certificates, PEM. */
  readonly caBundle: string;
  readonly clusters: Readonly<
    Record<string, { readonly host: string; readonly port: number; readonly resourceId: string }>
  >;
  /** User names, those who can reach a database first. */
  readonly people: readonly string[];
  /** Ids of the instances. */
  readonly instances: readonly string[];
  /** Names of the session documents. */
  readonly documents: readonly string[];
}

/** Reads the file; `undefined` if there is none, or one of another version. */
export function readSandboxFile(file: string): SandboxFile | undefined {
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  try {
    const value = JSON.parse(text) as SandboxFile;
    return value.version === 1 ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the file as the sandbox is: writes (0600, by rename) only what differs from the last time. */
export class SandboxFileKeeper {
  private written: string | undefined;

  constructor(private readonly file: string) {}

  write(content: SandboxFile): void {
    const text = `${JSON.stringify(content, undefined, 2)}\n`;
    if (text === this.written) return;
    writeByRename(this.file, text);
    this.written = text;
  }

  /** Takes the file away: nobody shall start to talk to a sandbox that ends. */
  remove(): void {
    rmSync(this.file, { force: true });
    this.written = undefined;
  }
}
