import { awsWords, type Refusal } from "./refusal";

/** A token lives for a quarter of an hour; a minute more is surely too late. */
const TOO_LATE_MS = 16 * 60_000;
const OTHER = "sam@example.com";
/** AWS names the resource that was not allowed. */
const RESOURCE = /AccessDeniedException: .* on resource: \S*(document\/\S+) .*/s;

/** What the demo's person may not do, with the words that anybody would see. `other` is somebody else of the directory. */
export const REFUSALS: readonly Refusal[] = [
  {
    title: `a token that she signed for ${OTHER}`,
    expected: new RegExp(`FATAL 28000 PAM authentication failed for user "${escaped(OTHER)}"`),
    attempt: ({ door, database }) => door.openDatabase({ user: OTHER, database }),
  },
  {
    title: "his permission set through her sign-in",
    expected: /403 ForbiddenException: .*/,
    said: awsWords,
    attempt: ({ portal, account }) => portal.roleCredentials(account, "sp-payments-dev-readonly"),
  },
  {
    title: "an expired token",
    expected: /FATAL 28000 PAM authentication failed for user "[^"]*"/,
    attempt: async ({ door, login, database, later }) => {
      const password = await door.password(login);
      return later(TOO_LATE_MS, () => door.openDatabase({ user: login, database, password }));
    },
  },
  {
    title: "another host through the generic document",
    expected: /AccessDeniedException on document\/AWS-StartPortForwardingSessionToRemoteHost/,
    said: (error) => awsWords(error).replace(RESOURCE, "AccessDeniedException on $1"),
    attempt: ({ ssm, door }) =>
      ssm.startSession({ target: door.instanceId, documentName: "AWS-StartPortForwardingSessionToRemoteHost" }),
  },
  {
    title: "a server with another name in its certificate",
    expected: /certificate is for .*, not "other\.[^"]*"/,
    attempt: ({ door, expectName }) => expectName(door.host.replace(/^[^.]*/, "other")),
  },
  {
    title: "drop table orders, as developer",
    expected: /42501 must be owner of table orders/,
    attempt: async ({ client }) => {
      try {
        await client.query("DROP TABLE orders");
      } catch (error) {
        const { code = "", message = "" } = error as { code?: string; message?: string };
        throw new Error(`${code} ${message}`, { cause: error });
      }
    },
  },
];

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
