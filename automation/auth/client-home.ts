import path from "node:path";
import type { Environment } from "./endpoint-guard";

/** What decides where a person's files stand. */
export interface HomeRequest {
  readonly env: Environment;
  /** The folder of the command: in the repository, its root. */
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
  readonly homeFolder: string;
}

/** `.sallyport/client` in the repository: only a sandbox sign-in is kept there. */
export function sandboxHome(cwd: string): string {
  return path.join(cwd, ".sallyport", "client");
}

/**
 * The user's own folder for state (XDG base directory specification on Linux; Apple's and Microsoft's places elsewhere).
 *
 * @example userHome({env: {}, homeFolder: "/home/jane", platform: "linux", cwd: "/"}) // "/home/jane/.local/state/sallyport"
 */
export function userHome({ env, platform, homeFolder }: HomeRequest): string {
  if (platform === "darwin") return path.join(homeFolder, "Library", "Application Support", "sallyport");
  if (platform === "win32")
    return path.join(env.LOCALAPPDATA ?? path.join(homeFolder, "AppData", "Local"), "sallyport");
  const state = env.XDG_STATE_HOME;
  return path.join(
    state !== undefined && path.isAbsolute(state) ? state : path.join(homeFolder, ".local", "state"),
    "sallyport",
  );
}

/** Where a new sign-in goes: SALLYPORT_HOME, else the repository for the sandbox, else the user's own folder. */
export function homeForSignIn(request: HomeRequest, sandbox: boolean): string {
  const named = request.env.SALLYPORT_HOME;
  if (named) return path.resolve(request.cwd, named);
  return sandbox ? sandboxHome(request.cwd) : userHome(request);
}

/** Where a sign-in is looked for, first match wins. `sandboxOnly`: a real sign-in found there is not honoured. */
export function homesToSearch(request: HomeRequest): { readonly folder: string; readonly sandboxOnly: boolean }[] {
  const named = request.env.SALLYPORT_HOME;
  if (named) return [{ folder: path.resolve(request.cwd, named), sandboxOnly: false }];
  return [
    { folder: sandboxHome(request.cwd), sandboxOnly: true },
    { folder: userHome(request), sandboxOnly: false },
  ];
}
