import { parseOptions } from "../client/command-options";
import { knownSignIn, personSession } from "../client/person-session";
import { removeFile } from "../auth/private-file";
import { recordFile } from "../auth/sign-in-record";
import type { CommandContext } from "../core/command-context";

/** `sallyport logout`: ends the sign-in at the portal if it can be reached, and forgets it on this machine in any case. */
export async function run(args: string[], context: CommandContext): Promise<number> {
  const parsed = parseOptions(
    (command) =>
      command.name("sallyport logout").description("Forget the sign-in of this machine, and end it at the portal."),
    args,
    context,
  );
  if (!parsed) return 0;
  const found = knownSignIn(context);
  if (!found) {
    context.stderr("Nobody was signed in on this machine.\n");
    return 0;
  }
  const ended = await endAtPortal(context);
  removeFile(recordFile(found.home));
  context.stderr(
    `Signed out${found.record.person === "" ? "" : `: ${found.record.person}`}.${ended ? "" : " The portal could not be told; its session ends by itself."}\n`,
  );
  return 0;
}

async function endAtPortal(context: CommandContext): Promise<boolean> {
  try {
    await personSession(context).portal.logout();
    return true;
  } catch {
    return false;
  }
}
