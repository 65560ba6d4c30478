import { eachStatement } from "../documents/granted";
import { mayAllow } from "../documents/iam-document";
import { bastionsOf } from "../network/bastions";
import type { StackResource, StackRule, StackVerdict } from "../rule";
import { isSet } from "../values";
import { rolesOf } from "./bastion-roles";
import { policiesOf } from "./role-policies";

/** A policy of AWS itself; its name may stand in a path. */
const OF_AWS = /^arn:[^:]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/;

/** The bastion's own role can do what its agent needs. */
export const iamBastionMin: StackRule = {
  id: "iam-bastion-min",
  title: "The role of a bastion allows what its agent needs, and no database, secret or session",
  why: "Whoever gets into the bastion has its role: what it allows is open to all who may tunnel",
  severity: "high",
  level: "mandatory",
  references: ["FSBP IAM.1", "Systems Manager user guide: Configure instance permissions"],
  fix: "Attach AmazonSSMManagedInstanceCore only, or write the agent's actions by name in a policy of the role",
  parameters: {
    managedPolicies: {
      type: "strings",
      default: ["AmazonSSMManagedInstanceCore", "AmazonSSMPatchAssociation"],
      about: "Names of the policies of AWS that a bastion's role may have",
    },
    forbiddenActions: {
      type: "strings",
      default: ["rds-db:connect", "secretsmanager:*", "ssm:StartSession"],
      about: "Actions that no policy of a bastion's role may allow",
    },
  },
  checkStack: (resources, verdict, { managedPolicies, forbiddenActions }) => {
    const roles = new Set<StackResource>();
    for (const bastion of bastionsOf(resources, verdict))
      verdict.part(() => rolesOf(bastion, resources, verdict).forEach((role) => roles.add(role)));
    for (const role of roles) {
      const { documents, arns } = policiesOf(role, resources, verdict);
      for (const each of documents) forbidden(each, forbiddenActions as readonly string[], verdict);
      for (const { by, place, read } of arns) {
        verdict.part(() => {
          const arn = read();
          const name = OF_AWS.exec(String(arn))?.[1];
          if (isSet(arn) && !(name !== undefined && (managedPolicies as readonly string[]).includes(name)))
            verdict.report(`${place} attaches a policy that the agent does not need`, by);
        });
      }
    }
  },
};

function forbidden(holder: StackResource, actions: readonly string[], verdict: StackVerdict): void {
  const report = (found: string): void => verdict.report(found, holder);
  verdict.part(() =>
    eachStatement(holder, { report, part: verdict.part }, (statement, place) => {
      for (const action of actions)
        if (statement.allows && mayAllow(statement, action)) report(`${place} allows ${action}`);
    }),
  );
}
