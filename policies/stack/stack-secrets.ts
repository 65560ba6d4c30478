import type { StackResource, StackRule, StackVerdict } from "../rule";
import { elements, isObject } from "../values";

const STACK = "pulumi:pulumi:Stack";
const SECRET_NAME = /passw(or)?d|passphrase|token|privatekey|secretstring|accesskeysecret/i;
/** Names of what leads to a secret, or says how long it is, are not the secret. */
const ABOUT_SECRET =
  /([a-z0-9](Arn|Id|Name|Url|Path|Ttl|Seconds|Minutes|Length)|[_-](arn|id|name|url|path|ttl|seconds|minutes|length))s?$/;
const ARN = /^arn:/;
/** Outputs are not deeper than this; a cycle cannot stand in them. */
const DEPTH = 12;

/** A stack's outputs lead to secrets, and hold none. */
export const stackSecrets: StackRule = {
  id: "stack-secrets",
  title: "No stack output holds a password or token",
  why: "Outputs are printed at the end of every run, and read by every stack that refers to this one",
  severity: "critical",
  level: "mandatory",
  references: ["AWS Well-Architected SEC08"],
  fix: "Export the ARN of the secret, e.g. masterUserSecrets[0].secretArn, in place of its value",
  checkStack: (resources, verdict) => {
    for (const stack of resources.filter(({ type }) => type === STACK)) {
      for (const name of Object.keys(stack.props)) walk(stack, [name], () => stack.props[name], verdict, DEPTH);
    }
  },
};

function walk(
  stack: StackResource,
  path: readonly string[],
  read: () => unknown,
  verdict: StackVerdict,
  depth: number,
): void {
  verdict.part(() => {
    const name = path.findLast((step) => !/^[0-9]+$/.test(step)) ?? "";
    const suspect = SECRET_NAME.test(name) && !ABOUT_SECRET.test(name);
    const value = read();
    if (typeof value === "string" && value !== "" && suspect && !ARN.test(value))
      verdict.report(`${path.join(".")} is named like a secret, and is not its ARN`, stack);
    if (depth === 0) return;
    if (Array.isArray(value))
      elements(value).forEach((element, index) => walk(stack, [...path, String(index)], element, verdict, depth - 1));
    else if (isObject(value))
      for (const key of Object.keys(value)) walk(stack, [...path, key], () => value[key], verdict, depth - 1);
  });
}
