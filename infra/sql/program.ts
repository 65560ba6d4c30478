import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { parseDatabaseWish } from "../contract/database-wish";
import { formatProblem } from "../contract/result";
import { Database } from "./database";

/** Configuration key with the path of the wish: the runner writes the file and the key. */
export const WISH_FILE = "sallyport:wishFile";

/**
 * The database stack of one cluster as a program, run by the runner through its proxy.
 *
 * @returns one output, `roles`: the names of the roles that stand
 * @throws pulumi.RunError with all problems of the wish, one per line
 */
export async function databaseProgram(): Promise<Record<string, unknown>> {
  const file = new pulumi.Config("sallyport").require("wishFile");
  const wish = parseDatabaseWish(readFileSync(file, "utf8"));
  if (!wish.ok)
    throw new pulumi.RunError(wish.problems.map((problem) => `${file}: ${formatProblem(problem)}`).join("\n"));
  return { roles: new Database(wish.value.cluster, wish.value).roles };
}
