import { CLUSTER, INSTANCE } from "../database/types";
import type { StackResource, StackRule } from "../rule";
import { isFalse, isSet, isTrue } from "../values";

const TRAIL = "aws:cloudtrail/trail:Trail";

/** Who took which session and token is written down. */
export const trailRequired: StackRule = {
  id: "trail-required",
  title: "The account of a database has a trail of all regions, which proves that nobody changed it",
  why: "Sessions and logins are events of CloudTrail: without a trail they are gone after ninety days",
  severity: "medium",
  level: "advisory",
  references: ["FSBP CloudTrail.1", "FSBP CloudTrail.4"],
  fix: "Write an aws.cloudtrail.Trail with isMultiRegionTrail and enableLogFileValidation on, or name the organisation's in the setting externalTrailArn",
  parameters: { externalTrailArn: { type: "string", about: "ARN of a trail outside of the stack" } },
  checkStack: (resources, verdict, { externalTrailArn }) => {
    const trails = resources.filter(({ type }) => type === TRAIL);
    for (const trail of trails) {
      for (const property of ["isMultiRegionTrail", "enableLogFileValidation"]) {
        verdict.part(() => {
          if (!isTrue(trail.props[property])) verdict.report(`${property} is not on`, trail);
        });
      }
      verdict.part(() => {
        if (isFalse(trail.props["enableLogging"])) verdict.report("enableLogging is off", trail);
      });
    }
    if (trails.length > 0 || (isSet(externalTrailArn) && externalTrailArn !== "")) return;
    // The same one in every run, though resources come in the order in which they were made.
    const [database] = resources.filter(isDatabase).sort((a, b) => (a.urn < b.urn ? -1 : 1));
    if (database) verdict.report("The stack has no trail, and the setting externalTrailArn names none", database);
  },
};

function isDatabase({ type }: StackResource): boolean {
  return type === CLUSTER || type === INSTANCE;
}
