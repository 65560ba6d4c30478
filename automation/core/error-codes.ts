/** Whose fault a failure is; decides the wording and whether a stack trace is worth showing. */
export type Fault = "user" | "platform" | "bug";

/** One row of the registry. `next` may hold `{placeholders}` that are filled from the error's values. */
export interface ErrorEntry {
  readonly exitCode: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 130 | 143;
  readonly fault: Fault;
  /** What it means, for ERRORS.md. */
  readonly meaning: string;
  /** The next command or act. */
  readonly next: string;
}

const entry = (exitCode: ErrorEntry["exitCode"], fault: Fault, meaning: string, next: string): ErrorEntry => ({
  exitCode,
  fault,
  meaning,
  next,
});

/**
 * Every error that the product raises, by its stable code. ERRORS.md is generated from this table.
 *
 * Exit codes (ARCHITECTURE.md): 1 failed · 2 wrong usage or config · 3 policy · 4 unexpected changes · 5 not signed in or not
 * permitted · 6 cannot reach · 7 part done, run again · 130/143 interrupted.
 */
export const ERROR_CODES = {
  // usage and configuration
  USAGE: entry(2, "user", "The command line cannot be understood.", "sallyport --help"),
  CONFIG_INVALID: entry(
    2,
    "user",
    "access.yaml or Pulumi.<env>.yaml has problems; all are listed.",
    "correct the files and run again",
  ),
  CONFIG_NOT_FOUND: entry(2, "user", "A configuration file is missing.", "run in the project's folder, or name --env"),
  ENDPOINT_OVERRIDE_REFUSED: entry(
    2,
    "user",
    "AWS_ENDPOINT_URL is set for a real environment, or missing for the sandbox.",
    "unset AWS_ENDPOINT_URL, or --allow-endpoint-override",
  ),
  NETWORK_SETTINGS_INVALID: entry(
    2,
    "user",
    "A variable about the network cannot be used: a proxy, AWS_CA_BUNDLE, or the choice of FIPS or dual-stack endpoints.",
    "correct the variable, or unset it",
  ),
  // engine
  ENGINE_NOT_FOUND: entry(
    1,
    "platform",
    "No Pulumi engine was found and none could be made.",
    "install Pulumi 3.220.0 or newer, or let sallyport build it (Go 1.25 or newer)",
  ),
  ENGINE_CHECKSUM: entry(
    1,
    "platform",
    "A downloaded engine does not have the pinned checksum and was deleted.",
    "run again; if it stays, report it",
  ),
  ENGINE_BUILD_FAILED: entry(
    1,
    "platform",
    "The engine could not be built from Go modules.",
    "read the build log named above",
  ),
  ENGINE_FAILED: entry(
    1,
    "platform",
    "The engine ended with an error; its diagnostics are shown.",
    "read the diagnostics, then run the command again",
  ),
  STACK_LOCKED: entry(
    1,
    "user",
    "Another update holds the stack's lock and is still alive.",
    "wait for it, or end it, then run again",
  ),
  STACK_PENDING: entry(
    7,
    "platform",
    "An earlier run was killed while it created something, and whether that exists is not known.",
    "look for it in the account and delete it, then run pulumi refresh --clear-pending-creates and the same command again",
  ),
  POLICY_VIOLATION: entry(
    3,
    "user",
    "A mandatory policy stopped the change before it happened.",
    "change the program as the policy says",
  ),
  POLICY_CONFIG_INVALID: entry(
    2,
    "user",
    "A policy configuration cannot be read or has problems; all are listed.",
    "correct it; sallyport policies explain RULE names a rule's settings",
  ),
  STATE_INVALID: entry(
    2,
    "user",
    "What was given as a stack's state cannot be read as one; all problems are listed, no value is shown.",
    "pulumi stack export --stack STACK --file state.json, then --state state.json",
  ),
  UNEXPECTED_CHANGES: entry(4, "user", "Changes were found where none were allowed.", "sallyport preview --env {env}"),
  // identity and sign-in
  IDENTITY_WRONG_ACCOUNT: entry(
    5,
    "user",
    "The credentials are not of the account that owns Identity Center.",
    "use credentials of account {account}, or set identity.assumeRole",
  ),
  DIRECTORY_INCOMPLETE: entry(
    6,
    "platform",
    "The directory's answer was incomplete; an incomplete page is never an empty list.",
    "run again",
  ),
  AUTH_NOT_SIGNED_IN: entry(5, "user", "There is no sign-in on this machine.", "sallyport login"),
  AUTH_SIGN_IN_EXPIRED: entry(5, "user", "The sign-in has ended.", "sallyport login"),
  AUTH_NO_ACCESS: entry(
    5,
    "user",
    "The sign-in reaches no permission set of this estate.",
    "ask the owners of access.yaml",
  ),
  AUTH_ROLE_CHOICE: entry(
    2,
    "user",
    "Several roles are possible and none was chosen.",
    "sallyport connect --role ROLE",
  ),
  AUTH_FORBIDDEN: entry(
    5,
    "user",
    "AWS refused the call: the permission set does not allow it.",
    "ask the owners of access.yaml",
  ),
  AUTH_DEVICE_REFUSED: entry(5, "user", "The sign-in was refused or not approved in time.", "sallyport login"),
  CLOCK_SKEW: entry(
    6,
    "user",
    "This machine's clock differs from AWS's by more than signatures allow.",
    "set the clock (NTP) and run again",
  ),
  // door and tunnel
  DOOR_NOT_FOUND: entry(
    6,
    "user",
    "No descriptor of a door was found for this estate and environment.",
    "sallyport up --env {env}",
  ),
  DOOR_DESCRIPTOR_INVALID: entry(
    6,
    "platform",
    "The door's descriptor is not valid or not of this version.",
    "sallyport up --env {env}",
  ),
  DOOR_MISMATCH: entry(
    6,
    "platform",
    "The descriptor disagrees with what AWS says (account, resource id or document); it is not followed.",
    "tell the platform team: somebody may have changed it",
  ),
  DOOR_TARGET_NOT_FOUND: entry(6, "platform", "No instance carries the door's tag.", "sallyport up --env {env}"),
  TARGET_UNKNOWN: entry(
    2,
    "user",
    "The target names no cluster or database of this environment.",
    "use cluster[/database]",
  ),
  TUNNEL_TARGET_NOT_CONNECTED: entry(
    6,
    "platform",
    "The bastion has no control channel to Session Manager.",
    "check the endpoint ssmmessages, its security group and the bastion's role",
  ),
  TUNNEL_DIAL_TIMEOUT: entry(
    6,
    "platform",
    "The bastion did not reach the database in time: a security group rule is the usual cause.",
    "check the bastion's egress and the database's ingress rules",
  ),
  TUNNEL_DIAL_REFUSED: entry(
    6,
    "platform",
    "The database refused the bastion's connection.",
    "check that the cluster is available",
  ),
  TUNNEL_PROTOCOL: entry(
    6,
    "platform",
    "The data channel said something that the protocol does not allow.",
    "run again; report it if it stays",
  ),
  TUNNEL_HANDSHAKE: entry(
    6,
    "platform",
    "The agent's handshake failed or asked for something unsupported.",
    "check the session document and the account's Session Manager preferences",
  ),
  TUNNEL_CLOSED: entry(6, "platform", "The tunnel was closed by the other side.", "run again"),
  TUNNEL_TIMEOUT: entry(6, "platform", "The data channel did not answer in time.", "run again"),
  TUNNEL_BUSY: entry(
    6,
    "platform",
    "Too many connections wait for the tunnel to come back.",
    "wait until it is back, or open fewer connections at once",
  ),
  AWS_UNREACHABLE: entry(
    6,
    "platform",
    "AWS did not answer: no network, a proxy in between, or a wrong region or endpoint.",
    "check the network, then run again",
  ),
  HTTP_PROXY_FAILED: entry(
    6,
    "platform",
    "The HTTP proxy that the environment names refused the connection to AWS, did not answer or cannot be reached.",
    "check HTTPS_PROXY, or add the host to NO_PROXY",
  ),
  AWS_CALL_FAILED: entry(
    6,
    "platform",
    "A call to AWS failed for a reason that has no code of its own.",
    "read the cause, then run again",
  ),
  // database
  TLS_UNTRUSTED: entry(
    6,
    "platform",
    "The server's certificate is not signed by the expected authority.",
    "do not go on: check the CA bundle and the path to the database",
  ),
  TLS_WRONG_NAME: entry(
    6,
    "platform",
    "The server's certificate is for another name.",
    "do not go on: check the descriptor and the path to the database",
  ),
  DB_LOGIN_REFUSED: entry(
    5,
    "user",
    "The database refused the login (28000 or 28P01).",
    "ask the owners of access.yaml; iam-db-auth-error says why",
  ),
  DB_STATEMENT_FAILED: entry(1, "user", "The database refused the statement.", "read the server's message"),
  DB_UNREACHABLE: entry(6, "platform", "The database closed or never answered the connection.", "run again"),
  DEMO_FAILED: entry(1, "bug", "A line of the demo did not hold.", "run it again with --debug, and report it"),
  POLICY_PACK_MISSING: entry(
    1,
    "platform",
    "The policy pack, which must look at every change, was not built.",
    "npm run build",
  ),
  ACCESS_REMOVALS: entry(
    2,
    "user",
    "Many people would lose all access at once.",
    "if it is meant, run it again with --allow-removals {count}",
  ),
  DB_FOREIGN_OWNER: entry(
    1,
    "platform",
    "A table or schema has an owner that the provisioner may not grant for.",
    "ALTER TABLE … OWNER TO the database's owner role, then run again",
  ),
  DB_ROLE_TAKEN: entry(
    1,
    "platform",
    "A login role of the matrix has a name that belongs to somebody else in the database.",
    "rename or drop the old role, then run again",
  ),
  BOOTSTRAP_FAILED: entry(
    7,
    "platform",
    "The provisioner could not be created; the platform stack is intact.",
    "sallyport up --env {env}",
  ),
  ACCESS_DRIFT: entry(
    7,
    "platform",
    "After everything was applied, the database still differs from the access matrix.",
    "run the same command again",
  ),
  // local proxy
  PROXY_PORT_TAKEN: entry(
    2,
    "user",
    "The proxy's port or socket is taken, or this user may not listen there.",
    "choose another with --port, or end whoever holds it",
  ),
  PROXY_SOCKET_PATH: entry(
    2,
    "user",
    "The proxy's socket cannot lie there: the path is too long, or others can enter its folder.",
    "choose another folder with --socket, of mode 0700 and with a short path",
  ),
  PSQL_NOT_FOUND: entry(
    2,
    "user",
    "A session needs psql, and there is none on PATH.",
    'sallyport connect --command "select current_user", or sallyport proxy with any other client',
  ),
  // sandbox
  SANDBOX_PORT_IN_USE: entry(
    6,
    "user",
    "The port for the sandbox is taken.",
    "choose another with --port, or leave it out",
  ),
  SANDBOX_NOT_RUNNING: entry(6, "user", "No sandbox runs in this folder.", "sallyport sandbox start"),
  SANDBOX_RUNNING: entry(2, "user", "A sandbox already runs in this folder.", "sallyport sandbox stop"),
  SANDBOX_START_FAILED: entry(
    1,
    "platform",
    "The sandbox could not start.",
    "read the cause; sallyport sandbox reset clears its folder",
  ),
  SANDBOX_CONTROL_REFUSED: entry(
    1,
    "platform",
    "The running sandbox refused a control request.",
    "sallyport sandbox stop, then sallyport sandbox start",
  ),
  SANDBOX_PERSON_UNKNOWN: entry(
    2,
    "user",
    "The sandbox's directory has no such person.",
    "sallyport sandbox status lists the people",
  ),
  // life
  WAIT_TIMEOUT: entry(
    6,
    "platform",
    "Something did not become ready within --wait.",
    "run again, or give --wait more time",
  ),
  INTERRUPTED: entry(130, "user", "Interrupted; everything that was opened was closed.", "run the same command again"),
  TERMINATED: entry(
    143,
    "user",
    "Ended by SIGTERM; everything that was opened was closed.",
    "run the same command again",
  ),
  INTERNAL: entry(1, "bug", "Something happened that should not be possible.", "report it with the output of --debug"),
} as const satisfies Record<string, ErrorEntry>;

/** A stable error code: a key of the registry. */
export type ErrorCode = keyof typeof ERROR_CODES;
