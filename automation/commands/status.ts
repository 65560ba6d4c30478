import { spanText } from "../auth/sign-in-record";
import { parseOptions } from "../client/command-options";
import { knownSignIn } from "../client/person-session";
import type { CommandContext } from "../core/command-context";
import { terminalText } from "../core/terminal-text";

const NOT_SIGNED_IN = 5;

/** `sallyport status`: who is signed in, until when. Asks nobody. Exit code 0 if somebody is, 5 if not. */
export async function run(args: string[], context: CommandContext): Promise<number> {
  const parsed = parseOptions(
    (command) =>
      command
        .name("sallyport status")
        .description("Who is signed in on this machine, and until when. Exit code 5 if nobody is."),
    args,
    context,
  );
  if (!parsed) return 0;
  const record = knownSignIn(context)?.record;
  const left = record ? Date.parse(record.expiresAt) - context.clock.now() : 0;
  const signedIn = left > 0;
  if (context.json) {
    const about = record
      ? { person: record.person, startUrl: record.startUrl, region: record.region, expiresAt: record.expiresAt }
      : {};
    context.stdout(`${JSON.stringify({ v: 1, signedIn, sandbox: record?.sandbox !== undefined, ...about })}\n`);
  } else if (!record) {
    context.stdout("Nobody is signed in on this machine.\n  Next: sallyport login\n");
  } else {
    const lines = [
      ...(record.sandbox ? [`SANDBOX  simulated AWS at ${record.sandbox.endpointUrl}`] : []),
      `Person   ${terminalText(record.person) || "not known yet"}`,
      `Portal   ${terminalText(record.startUrl)} (${terminalText(record.region)})`,
      `Sign-in  ${signedIn ? `ends in ${spanText(left)}` : `ended ${spanText(-left)} ago`}, ${record.expiresAt}`,
    ];
    context.stdout(`${lines.join("\n")}\n`);
  }
  return signedIn ? 0 : NOT_SIGNED_IN;
}
