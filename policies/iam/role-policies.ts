import { knownOf } from "../known-elements";
import { comesFrom } from "../stack/comes-from";
import type { StackResource, StackVerdict } from "../rule";
import { elements } from "../values";

const POLICY = "aws:iam/policy:Policy";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
/** The property of one policy; the others are lists, in which policies of the program stand next to given ones. */
const SINGLE = "policyArn";
/** What attaches policies, its property that names roles, and that which names policies. */
const ATTACHMENTS: Readonly<Record<string, readonly [roles: string, policies: string]>> = {
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["role", SINGLE],
  "aws:iam/policyAttachment:PolicyAttachment": ["roles", SINGLE],
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": ["roleName", "policyArns"],
};

/** What a role may do. */
export interface RolePolicies {
  /** Resources with documents: the role itself, its policies, and attached policies of the program. */
  readonly documents: readonly StackResource[];
  /** ARNs of attached policies that are not of the program, unread (undefined for one of the program), each with what names it. */
  readonly arns: readonly { readonly by: StackResource; readonly place: string; readonly read: () => unknown }[];
}

/** Every policy of a role, whichever way it came there. */
export function policiesOf(
  role: StackResource,
  resources: readonly StackResource[],
  verdict: Pick<StackVerdict, "part">,
): RolePolicies {
  const documents = [role];
  const arns: RolePolicies["arns"][number][] = [];
  const attach = (by: StackResource, property: string): void => {
    const own = resources.filter(({ type }) => type === POLICY).filter((each) => comesFrom(by, property, each, "arn"));
    documents.push(...own);
    if (property === SINGLE && own.length > 0) return; // it is not known yet, and need not be
    const given = elements(by.props[property]);
    if (own.length >= given.length) return;
    const ownArns = knownOf(
      own.map(
        ({ props }) =>
          () =>
            props["arn"],
      ),
    ).values;
    for (const read of given) {
      arns.push({ by, place: property, read: () => [read()].find((arn) => !ownArns.includes(arn)) });
    }
  };
  verdict.part(() => attach(role, "managedPolicyArns"));
  for (const each of resources) {
    verdict.part(() => {
      const [roles, policies] = ATTACHMENTS[each.type] ?? [];
      if (each.type === ROLE_POLICY && isOf(each, "role", role)) documents.push(each);
      if (roles !== undefined && policies !== undefined && isOf(each, roles, role)) attach(each, policies);
    });
  }
  return { documents, arns };
}

function isOf(resource: StackResource, property: string, role: StackResource): boolean {
  return comesFrom(resource, property, role, "name") || comesFrom(resource, property, role, "id");
}
