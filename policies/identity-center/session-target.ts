import { mayName, type ConditionTest, type Statement } from "../documents/iam-document";

/** What a session can be started on besides documents (service authorization reference, Systems Manager: StartSession). */
const TARGETS = ["arn:%:ec2:%:%:instance/*", "arn:%:ssm:%:%:managed-instance/*", "arn:%:ecs:%:%:task/*"];
const DOCUMENTS = "arn:%:ssm:%:%:document/*";
/** A document of one account, with its whole name. */
const OWN_DOCUMENT = /^arn:aws(-[a-z]+)*:ssm:[a-z0-9-]+:[0-9]{12}:document\/([A-Za-z0-9_.-]+)$/;
/** Documents that AWS owns or runs as the default: a shell, or a port of the caller's choice. */
const NOT_OWN = /^(aws-|amazon|ssm-sessionmanagerrunshell$)/i;
/** One instance by its id. */
const ONE_TARGET =
  /^arn:aws(-[a-z]+)*:(ec2|ssm):[a-z0-9-]+:[0-9]{12}:(instance\/i-[0-9a-f]+|managed-instance\/mi-[0-9a-f]+)$/;
const TAG_KEY = /^(ssm|aws|ec2):resourcetag\/./;

/**
 * What is too wide in one resource of a statement that allows `ssm:StartSession`; undefined when it names a document of one's own,
 * tagged or single instances, or nothing that a session starts on.
 *
 * @example sessionTargetProblem("*", statement) // "reaches every instance and document"
 */
export function sessionTargetProblem(resource: string, { conditions }: Statement): string | undefined {
  const document = mayName(resource, DOCUMENTS);
  const target = TARGETS.some((kind) => mayName(resource, kind));
  if (document && target) return "reaches every instance and document";
  if (document) {
    const name = OWN_DOCUMENT.exec(resource)?.[2];
    if (name === undefined) return "names more than one document, or none of an account";
    return NOT_OWN.test(name) ? "names a document of AWS, which takes any host or opens a shell" : undefined;
  }
  if (!target) return undefined;
  if (!ONE_TARGET.test(resource) && !conditions.some(asksForTag))
    return "reaches instances without a condition on their tag";
  return conditions.some(checksDocument) ? undefined : "does not ask for ssm:SessionDocumentAccessCheck";
}

/** A tag that must be there, with a value that is not just anything. Negative, IfExists and set operators also hold without it. */
function asksForTag({ operator, key, values }: ConditionTest): boolean {
  const asks = operator === "stringequals" || operator === "stringequalsignorecase" || operator === "stringlike";
  return asks && TAG_KEY.test(key) && values.length > 0 && values.every((value) => /[^*?]/.test(value));
}

/** Otherwise a session without a named document runs the default one, a shell, unasked. */
function checksDocument({ operator, key, values }: ConditionTest): boolean {
  return /^bool(ifexists)?$/.test(operator) && key === "ssm:sessiondocumentaccesscheck" && values.join() === "true";
}

/**
 * Name of the one document of an account that a resource names; undefined for every other resource.
 *
 * @example documentName("arn:aws:ssm:eu-west-2:111122223333:document/orders-writer") // "orders-writer"
 */
export function documentName(resource: string): string | undefined {
  return OWN_DOCUMENT.exec(resource)?.[2];
}

/** Whether a resource of a statement may name a document. */
export function mayNameDocument(resource: string): boolean {
  return mayName(resource, DOCUMENTS);
}
