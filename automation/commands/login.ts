import { deviceSignIn } from "../auth/device-flow";
import { homeForSignIn } from "../auth/client-home";
import { guardSignIn } from "../auth/endpoint-guard";
import { spanText, writeSignInRecord, type SignInRecord } from "../auth/sign-in-record";
import { makeSsoOidc } from "../aws/sso-oidc";
import { parseOptions } from "../client/command-options";
import { homeRequest, knownSignIn } from "../client/person-session";
import { portalPerson } from "../client/portal-person";
import type { CommandContext } from "../core/command-context";
import { SallyportError } from "../core/errors";
import { terminalText } from "../core/terminal-text";
import { readNetwork } from "../network/network-settings";
import { approveInSandbox, readSandboxFile } from "./login-as";

interface Options {
  readonly as?: string;
  readonly startUrl?: string;
  readonly region?: string;
  readonly allowEndpointOverride?: boolean;
}

const EXAMPLES = `
Examples:
  sallyport login --start-url https://d-1234567890.awsapps.com/start --region eu-west-1
  sallyport login                        again, where you signed in last
  sallyport login --as jane@example.com  in the sandbox of this folder

Exit codes: 0 signed in, 2 say where, 5 refused or not approved in time, 6 cannot reach.
More: sallyport status shows who is signed in, until when.`;

/** `sallyport login`: the device flow of IAM Identity Center; `--as PERSON` does it in the sandbox and approves it too. */
export async function run(args: string[], context: CommandContext): Promise<number> {
  const parsed = parseOptions(
    (command) =>
      command
        .name("sallyport login")
        .description("Sign in with single sign-on; every other command then works until the sign-in ends.")
        .option("--start-url <url>", "the access portal's address")
        .option("--region <region>", "the region of IAM Identity Center")
        .option("--as <person>", "in the sandbox only: sign in as this person of its directory")
        .option("--allow-endpoint-override", "use AWS_ENDPOINT_URL although the portal is real")
        .addHelpText("after", EXAMPLES),
    args,
    context,
  );
  if (!parsed) return 0;
  const options = parsed.opts<Options>();
  const record = options.as === undefined ? await signIn(options, context) : await signInAs(options.as, context);
  context.redactor.register(record.accessToken);
  const home = homeForSignIn(homeRequest(context), record.sandbox !== undefined);
  writeSignInRecord(home, record, context.randomBytes(6).toString("hex"));
  report(record, context);
  return 0;
}

async function signIn(options: Options, context: CommandContext): Promise<SignInRecord> {
  const { startUrl, region } = whereToSignIn(options, context);
  guardSignIn({
    env: context.env,
    sandboxEndpoint: undefined,
    startUrl,
    allowOverride: options.allowEndpointOverride === true,
  });
  const network = readNetwork(context);
  const granted = await deviceSignIn({
    oidc: makeSsoOidc({ region, network, clock: context.clock, signal: context.signal }),
    startUrl,
    clock: context.clock,
    signal: context.signal,
    onCode: async (code) => {
      context.stderr(
        `Open ${terminalText(code.verificationUriComplete || code.verificationUri)}\nand check that it shows the code ${terminalText(code.userCode)}. Waiting for your approval.\n`,
      );
    },
  });
  const person = await portalPerson({
    region,
    network,
    accessToken: granted.accessToken,
    clock: context.clock,
    signal: context.signal,
    redactor: context.redactor,
  });
  return {
    v: 1,
    startUrl,
    region,
    accessToken: granted.accessToken,
    expiresAt: new Date(granted.expiresAt).toISOString(),
    person,
  };
}

function whereToSignIn(options: Options, context: CommandContext): { startUrl: string; region: string } {
  const known = knownSignIn(context)?.record;
  const last = known?.sandbox === undefined ? known : undefined;
  const startUrl = options.startUrl ?? last?.startUrl;
  const region = options.region ?? last?.region;
  if (startUrl === undefined || region === undefined) {
    throw new SallyportError("USAGE", {
      message: "Say where to sign in: the access portal's address and the region of IAM Identity Center.",
      ...(known?.sandbox
        ? { likely: `The last sign-in was in the sandbox: sallyport login --as ${known.person || "PERSON"}.` }
        : {}),
      next: "sallyport login --start-url URL --region REGION",
    });
  }
  if (!/^https:\/\//.test(startUrl) || !URL.canParse(startUrl))
    throw new SallyportError("USAGE", { message: `--start-url ${startUrl} is no https address.` });
  return { startUrl, region };
}

/** The same flow; the approval comes from the sandbox's control endpoint instead of a browser. */
async function signInAs(person: string, context: CommandContext): Promise<SignInRecord> {
  const sandbox = readSandboxFile(context);
  const { startUrl, region } = sandbox.identity;
  guardSignIn({ env: context.env, sandboxEndpoint: sandbox.endpointUrl, startUrl });
  const granted = await deviceSignIn({
    oidc: makeSsoOidc({ region, endpoint: sandbox.endpointUrl, clock: context.clock, signal: context.signal }),
    startUrl,
    clock: context.clock,
    signal: context.signal,
    onCode: (code) => approveInSandbox(sandbox, { userCode: code.userCode, person }, context.signal),
  });
  const { endpointUrl, caBundle } = sandbox;
  return {
    v: 1,
    startUrl,
    region,
    accessToken: granted.accessToken,
    expiresAt: new Date(granted.expiresAt).toISOString(),
    person,
    sandbox: { endpointUrl, caBundle },
  };
}

function report(record: SignInRecord, context: CommandContext): void {
  const left = spanText(Date.parse(record.expiresAt) - context.clock.now());
  if (record.sandbox) context.stderr(`SANDBOX  simulated AWS at ${record.sandbox.endpointUrl}\n`);
  context.stderr(`Signed in${record.person === "" ? "" : ` as ${terminalText(record.person)}`} for ${left}.\n`);
}
