import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { RULES } from "../../policies/pack";
import type { Rule } from "../../policies/rule";
import { ROOT } from "../support/source-files";

/** Folders of packs to compare with; each as the engine takes it. */
export interface Packs {
  readonly ours: string;
  /** As many policies as ours, of the same two kinds and with the same texts, that look at nothing. */
  readonly trivial: string;
  /** The same, but for resources of other types each says "not applicable", as the SDK's own helper for rules about a type does. */
  readonly typed: string;
  /** The policy SDK alone. */
  readonly empty: string;
  /** Ours, writing down what the engine asks, a line of JSON each: `[method, request as base64]`. */
  readonly recording: string;
  readonly recordingFile: string;
}

/** Writes the packs below a folder of the repository, so that they find the SDK. */
export function writePacks(folder: string): Packs {
  const recordingFile = path.join(folder, "requests.jsonl");
  const ours = path.join(ROOT, "policies");
  const pack = (name: string, program: string): string => {
    const own = path.join(folder, name);
    mkdirSync(own);
    writeFileSync(path.join(own, "PulumiPolicy.yaml"), `name: ${name}\nruntime: nodejs\n`);
    writeFileSync(path.join(own, "package.json"), JSON.stringify({ name, version: "1.0.0", main: "index.js" }));
    writeFileSync(path.join(own, "index.js"), program);
    return own;
  };
  return {
    ours,
    trivial: pack("trivial", packProgram("trivial", RULES.map(lookAtNothing))),
    typed: pack("typed", packProgram("typed", RULES.map(lookAtType))),
    empty: pack("empty", packProgram("empty", [])),
    recording: pack("recording", recorder(path.join(ours, "dist", "index.js"), recordingFile)),
    recordingFile,
  };
}

const texts = ({ id, title, why, level }: Rule): string =>
  JSON.stringify({ name: id, description: `${title}. ${why}`, enforcementLevel: level });

function lookAtNothing(rule: Rule): string {
  return `{ ...${texts(rule)}, ${"checkStack" in rule ? "validateStack" : "validateResource"}: () => {} }`;
}

function lookAtType(rule: Rule): string {
  if ("checkStack" in rule) return lookAtNothing(rule);
  const body = `if (!${JSON.stringify(rule.types)}.includes(args.type)) args.notApplicable("another type");`;
  return `{ ...${texts(rule)}, validateResource: (args) => { ${body} } }`;
}

function packProgram(name: string, policies: readonly string[]): string {
  return `const { PolicyPack } = require("@pulumi/policy");
new PolicyPack("${name}", { policies: [${policies.join(",\n")}] });
`;
}

/** The pack itself, behind a server that writes down each request before it is answered. */
function recorder(program: string, file: string): string {
  return `const { appendFileSync } = require("node:fs");
const { Server } = require("@grpc/grpc-js");
const { addService } = Server.prototype;
Server.prototype.addService = function (service, handlers) {
  const heard = Object.entries(handlers).map(([name, handle]) => [
    name,
    (call, answer) => {
      const request = Buffer.from(call.request.serializeBinary()).toString("base64");
      appendFileSync(${JSON.stringify(file)}, JSON.stringify([service[name].path, request]) + "\\n");
      return handle(call, answer);
    },
  ]);
  return addService.call(this, service, Object.fromEntries(heard));
};
require(${JSON.stringify(program)});
`;
}
