import type { ResourceRule } from "../rule";
import { isSet } from "../values";
import { CONFIGURATION, INSTANCES, TEMPLATE } from "./types";

/** No SSH key. */
export const ec2NoKeypair: ResourceRule = {
  id: "ec2-no-keypair",
  title: "No instance starts with a key pair",
  why: "A private key is nobody's in particular, outlives its owner, and logs in past the sign-in",
  severity: "high",
  level: "mandatory",
  references: ["AWS Well-Architected SEC06", "Systems Manager user guide: Session Manager"],
  fix: "Leave keyName out",
  types: [...INSTANCES, TEMPLATE, CONFIGURATION],
  check: ({ props }, { report }) => {
    const name = props["keyName"];
    if (isSet(name) && name !== "") report("keyName is there");
  },
};
