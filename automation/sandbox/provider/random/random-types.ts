import type { Props } from "../../account/estate";
import type { RandomBytes } from "../../account/ids";
import { uuid } from "../../account/ids";
import type { TypeFacts } from "../facts/facts";

/** A type of the random package: everything replaces, nothing exists outside the state. */
export interface RandomType {
  readonly facts: TypeFacts;
  /** @returns id and outputs that are no inputs. */
  readonly make: (inputs: Props, random: RandomBytes) => { readonly id: string; readonly outputs: Props };
}

const CHARACTERS = {
  lower: "abcdefghijklmnopqrstuvwxyz",
  upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  numeric: "0123456789",
  special: "!@#$%&*()-_=+[]{}<>:?",
} as const;

/** Served types; passwords are not among them (their `bcryptHash` would have to be made up). */
export const RANDOM_TYPES: Readonly<Record<string, RandomType>> = {
  "random:index/randomId:RandomId": {
    facts: facts(["byteLength"], { byteLength: "number", keepers: "map", prefix: "string" }, [
      "b64Std",
      "b64Url",
      "dec",
      "hex",
    ]),
    make: (inputs, random) => {
      const bytes = random(Number(inputs.byteLength));
      const prefix = typeof inputs.prefix === "string" ? inputs.prefix : "";
      const hex = bytes.toString("hex");
      const outputs = {
        b64Std: prefix + bytes.toString("base64"),
        b64Url: prefix + bytes.toString("base64url"),
        dec: prefix + BigInt(`0x${hex}`).toString(),
        hex: prefix + hex,
      };
      return { id: bytes.toString("base64url"), outputs };
    },
  },
  "random:index/randomString:RandomString": {
    facts: {
      ...facts(
        ["length"],
        {
          length: "number",
          lower: "boolean",
          upper: "boolean",
          numeric: "boolean",
          special: "boolean",
          overrideSpecial: "string",
          keepers: "map",
        },
        ["result"],
      ),
      defaults: { lower: true, upper: true, numeric: true, special: true },
    },
    make: (inputs, random) => {
      const special = typeof inputs.overrideSpecial === "string" ? inputs.overrideSpecial : CHARACTERS.special;
      const alphabet =
        (["lower", "upper", "numeric"] as const)
          .map((kind) => (inputs[kind] === true ? CHARACTERS[kind] : ""))
          .join("") + (inputs.special === true ? special : "");
      const result = [...random(Number(inputs.length))].map((byte) => alphabet[byte % alphabet.length]).join("");
      return { id: result, outputs: { result } };
    },
  },
  "random:index/randomUuid:RandomUuid": {
    facts: facts([], { keepers: "map" }, ["result"]),
    make: (_inputs, random) => {
      const result = uuid(random);
      return { id: result, outputs: { result } };
    },
  },
};

function facts(required: string[], inputs: TypeFacts["inputs"], pure: string[]): TypeFacts {
  return {
    required,
    inputs,
    replace: Object.keys(inputs),
    defaults: {},
    filled: [],
    pure,
    secret: [],
    id: "",
    computed: {},
    regional: false,
    taggable: false,
    typical: required,
    codes: [],
  };
}
