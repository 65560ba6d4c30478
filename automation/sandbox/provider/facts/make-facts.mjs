// Makes `aws.json`, the table by which the simulated AWS provider behaves, for the resource types that it serves.
//   node automation/sandbox/provider/facts/make-facts.mjs RESOURCE_FACTS.json > automation/sandbox/provider/facts/aws.json
// RESOURCE_FACTS.json holds what was read in the provider's documentation and source (replacement, defaults, id formats,
// error codes); input names, their kinds and the members of nested blocks come from the typings of @pulumi/aws itself.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const TYPES = [
  "ec2/vpc:Vpc",
  "ec2/subnet:Subnet",
  "ec2/routeTable:RouteTable",
  "ec2/routeTableAssociation:RouteTableAssociation",
  "ec2/securityGroup:SecurityGroup",
  "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "ec2/vpcEndpoint:VpcEndpoint",
  "ec2/flowLog:FlowLog",
  "ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "ec2/instance:Instance",
  "iam/role:Role",
  "iam/rolePolicy:RolePolicy",
  "iam/instanceProfile:InstanceProfile",
  "iam/rolePolicyAttachment:RolePolicyAttachment",
  "ssm/document:Document",
  "ssm/parameter:Parameter",
  "rds/subnetGroup:SubnetGroup",
  "rds/clusterParameterGroup:ClusterParameterGroup",
  "rds/cluster:Cluster",
  "rds/clusterInstance:ClusterInstance",
  "ssoadmin/permissionSet:PermissionSet",
  "ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
  "ssoadmin/accountAssignment:AccountAssignment",
  "cloudwatch/logGroup:LogGroup",
];

/** Defaults in one word that AWS decides: outputs, unknown at preview. */
const FILLED_WORDS = new Set(["none", "false"]);

const facts = JSON.parse(readFileSync(process.argv[2], "utf8"));
const home = path.dirname(createRequire(import.meta.url).resolve("@pulumi/aws/package.json"));
const nested = readFileSync(path.join(home, "types", "input.d.ts"), "utf8");

/** Body of an interface, nested braces balanced. */
function body(text, from) {
  const start = text.indexOf("{", from);
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === "{") depth++;
    if (text[at] === "}" && --depth === 0) return text.slice(start + 1, at);
  }
  throw new Error("unbalanced");
}

/** Members of an interface body: [name, optional, type]. */
function members(text) {
  const clean = text.replace(/\/\*[\s\S]*?\*\//g, "");
  return [...clean.matchAll(/^\s*(\w+)(\?)?:\s*([\s\S]*?);\s*$/gm)]
    .filter(([, name]) => name !== "key")
    .map(([, name, optional, type]) => [name, optional === "?", type.replace(/\s+/g, " ")]);
}

/** Kind of a typing: `string`, `number`, `boolean`, `map`, a list of one, or the members of a block. */
function kindOf(type, namespace) {
  const bare = type
    .replace(/pulumi\.Input</g, "")
    .replace(/ \| undefined/g, "")
    .replace(/>/g, "");
  const list = bare.endsWith("[]");
  const one = list ? bare.slice(0, -2) : bare;
  let kind;
  if (one.startsWith("{")) kind = "map";
  else if (/\bnumber\b/.test(one)) kind = "number";
  else if (/\bboolean\b/.test(one)) kind = "boolean";
  else if (/^inputs\./.test(one)) kind = block(one.split(".").at(-1), namespace);
  else kind = "string";
  return list ? [kind] : kind;
}

function block(name, namespace) {
  const space = nested.indexOf(`export declare namespace ${namespace} {`);
  const at = nested.indexOf(`interface ${name} {`, space);
  return Object.fromEntries(
    members(body(nested, at)).map(([member, optional, type]) => [
      optional ? member : `${member}!`,
      kindOf(type, namespace),
    ]),
  );
}

const table = {};
for (const short of TYPES) {
  const token = `aws:${short}`;
  const fact = facts.tokens[token];
  const [module, name] = [short.split("/")[0], short.split(":")[1]];
  const text = readFileSync(path.join(home, module, `${short.split("/")[1].split(":")[0]}.d.ts`), "utf8");
  const kinds = Object.fromEntries(
    members(body(text, text.indexOf(`export interface ${name}Args {`))).map(([key, , type]) => [
      key,
      kindOf(type, module),
    ]),
  );
  const known = [...fact.required, ...fact.optional];
  const missing = known.filter((key) => !(key in kinds));
  if (missing.length > 0) throw new Error(`${token}: not in the typings: ${missing.join(", ")}`);
  const defaults = Object.entries(fact.defaults ?? {}).filter(([key]) => known.includes(key));
  const scalar = ([key, value]) =>
    typeof value !== "string" ||
    value === "Managed by Pulumi" ||
    (kinds[key] === "string" && !/[ <]/.test(value) && !FILLED_WORDS.has(value));
  table[token] = {
    required: fact.required,
    inputs: Object.fromEntries(known.map((key) => [key, kinds[key]])),
    replace: fact.replaceOnChange,
    defaults: Object.fromEntries(defaults.filter(scalar).map(([key, value]) => [key, value])),
    filled: defaults.filter((entry) => !scalar(entry) && entry[0] !== "name").map(([key]) => key),
    pure: fact.pureOutputs,
    secret: fact.secretOutputs ?? [],
    id: fact.idFormat.replace(/\$ .*$/, "$"),
    computed: Object.fromEntries(
      Object.entries(fact.computed)
        .filter(([, format]) => /^\^/.test(format))
        .map(([key, format]) => [key, format.replace(/\$ .*$/, "$").replace("10-0-1-23", "\\d+(-\\d+){3}")]),
    ),
    regional: fact.regional,
    taggable: fact.taggable,
    typical: fact.typicalInputs,
    codes: fact.validations.map(({ code }) => code),
  };
}
process.stdout.write(
  `{\n${Object.entries(table)
    .map(([token, fact]) => `${JSON.stringify(token)}: ${JSON.stringify(fact)}`)
    .join(",\n")}\n}\n`,
);
