// Writes the generated pages: ERRORS.md from the registry of error codes, POLICIES.md from the list of rules.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
require("ts-node/register/transpile-only");
writeFileSync("ERRORS.md", require("./core/errors-page").errorsPage());
writeFileSync("POLICIES.md", require("../policies/policies-page").policiesPage(require("../policies/pack").DOMAINS));
