import { DOCUMENT_TYPES, eachStatement } from "../documents/granted";
import type { Scope } from "../documents/iam-document";
import type { ResourceRule } from "../rule";

/** No statement gives a whole service, or all of them, everywhere. */
export const iamNoWildcards: ResourceRule = {
  id: "iam-no-wildcards",
  title: "No policy allows a whole service on every resource",
  why: "Such a right also covers what the service learns next year, and the databases of everybody else",
  severity: "high",
  level: "mandatory",
  references: ["FSBP IAM.1", "FSBP IAM.21", "CIS AWS Foundations 1.16"],
  fix: "Write the actions by name in Action, or the ARNs in Resource",
  types: DOCUMENT_TYPES,
  check: (resource, { report, part }) =>
    eachStatement(resource, { report, part }, ({ allows, actions, resources }, place) => {
      if (!allows || !isEverywhere(resources)) return;
      if (actions.inverted) return report(`${place} allows all but its NotAction on every resource`);
      actions.patterns.forEach((pattern, index) => {
        if (isWholeService(pattern)) report(`${place}.Action[${index}] is a whole service on every resource`);
      });
    }),
};

/** Whether an action covers all of some service, e.g. `*`, `s3:*`, `*:?*`. */
function isWholeService(action: string): boolean {
  const [service = "", ...rest] = action.split(":");
  return rest.length === 0 ? service.includes("*") : isOpen(rest.join(":"));
}

/** Whether resources are those of nobody in particular; NotResource leaves out a few only. */
function isEverywhere({ inverted, patterns }: Scope): boolean {
  return inverted || patterns.some(isEveryResource);
}

/** `*`, or an ARN that names neither account nor resource, e.g. `arn:aws:s3:::*`. */
function isEveryResource(resource: string): boolean {
  const [, , , , account = "*", ...rest] = resource.split(":");
  if (rest.length === 0) return resource.endsWith("*"); // the last wildcard stands for all parts that follow
  return (account === "" || isOpen(account)) && isOpen(rest.join(":"));
}

function isOpen(text: string): boolean {
  return text.includes("*") && /^[*?:]*$/.test(text);
}
