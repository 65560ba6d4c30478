import type { Rule } from "../rule";
import { prodProtect } from "./prod-protect";
import { stackSecrets } from "./stack-secrets";
import { tagsRequired } from "./tags-required";

/** Rules about a stack as a whole. */
export const STACK_RULES: readonly Rule[] = [stackSecrets, prodProtect, tagsRequired];
