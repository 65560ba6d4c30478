import { Config } from "@pulumi/pulumi";

const config = new Config("estate");

/** On everything that takes tags. */
export const TAGS = { owner: "shop", "cost-centre": "4711" };

/** The hub that all accounts share: the endpoints of Session Manager stand there, and the inspected way out. */
export const HUB = { transitGateway: "tgw-0a1b2c3d4e5f60718", everything: "10.0.0.0/8", endpoints: "10.0.8.0/24" };

export const ACCOUNT = config.get("account") ?? "111122223333";
export const REGION = config.get("region") ?? "eu-west-2";

/** Addresses that somebody would like to let at the database past the bastion, e.g. `203.0.113.0/24`; the rules say no. */
export const SHORTCUT = config.get("shortcut");

/** ARN of a thing in this account. */
export const arn = (service: string, name: string): string => `arn:aws:${service}:${REGION}:${ACCOUNT}:${name}`;
