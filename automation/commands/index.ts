import type { Command } from "../core/command-context";
import type { SallyportError } from "../core/errors";
import { failureCode } from "./failure-code";

/** One line of `sallyport --help`, and how the command is loaded: by require(), only when it runs. */
export interface CommandEntry {
  readonly group: "platform" | "people" | "try it";
  readonly summary: string;
  /** With `--json`: `events` = NDJSON on stdout, the result last; `answer` = one document on stdout, events on stderr. */
  readonly json: "events" | "answer";
  /** The exit code of a failure, where the error's own would be taken for somebody else's: exec returns its program's code. */
  readonly failureCode?: (error: SallyportError) => number;
  readonly load: () => Command;
}

export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  preview: {
    group: "platform",
    json: "events",
    summary: "show what `up` would change; touches nothing",
    load: () => require("./preview") as Command,
  },
  up: {
    group: "platform",
    json: "events",
    summary: "bring an environment to what the files say",
    load: () => require("./up") as Command,
  },
  sync: {
    group: "platform",
    json: "events",
    summary: "bring the databases to who is in the directory now",
    load: () => require("./sync") as Command,
  },
  destroy: {
    group: "platform",
    json: "events",
    summary: "take an environment down",
    load: () => require("./destroy") as Command,
  },
  outputs: {
    group: "platform",
    json: "answer",
    summary: "print an environment's outputs as JSON",
    load: () => require("./outputs") as Command,
  },
  policies: {
    group: "platform",
    json: "answer",
    summary: "the rules: list, explain, and check what already exists",
    load: () => require("./policies") as Command,
  },
  login: {
    group: "people",
    json: "answer",
    summary: "sign in with single sign-on",
    load: () => require("./login") as Command,
  },
  logout: {
    group: "people",
    json: "answer",
    summary: "forget the sign-in of this machine",
    load: () => require("./logout") as Command,
  },
  status: {
    group: "people",
    json: "answer",
    summary: "who is signed in, until when",
    load: () => require("./status") as Command,
  },
  connect: {
    group: "people",
    json: "answer",
    summary: "psql, or SQL, as yourself on a private database",
    load: () => require("./connect") as Command,
  },
  proxy: {
    group: "people",
    json: "events",
    summary: "keep a local port open for GUIs and drivers",
    load: () => require("./proxy") as Command,
  },
  exec: {
    group: "people",
    json: "answer",
    failureCode,
    summary: "run a program with a local port to the database",
    load: () => require("./exec") as Command,
  },
  demo: {
    group: "try it",
    json: "events",
    summary: "the whole path in one command, and what is refused on it",
    load: () => require("./demo") as Command,
  },
  sandbox: {
    group: "try it",
    json: "answer",
    summary: "a simulated AWS estate with real PostgreSQL",
    load: () => require("./sandbox") as Command,
  },
};
