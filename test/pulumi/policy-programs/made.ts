import * as pulumi from "@pulumi/pulumi";

export type Values = Record<string, unknown>;
/** An inline program: what it returns are the stack's outputs. */
export type Program = () => Promise<Values>;

/** A resource of AWS by its type token: the provider behind it makes anything. */
export class Made extends pulumi.CustomResource {
  constructor(type: string, name: string, args: Values, options?: pulumi.CustomResourceOptions) {
    super(type, name, args, options);
  }
}

/** A statement that allows something. */
export const allow = (Action: unknown, Resource: unknown, more: Values = {}): Values => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});

/** A policy document as text. */
export const policy = (...statements: Values[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** A trust policy as text. */
export const trust = (Principal: unknown, more: Values = {}): string =>
  policy({ Effect: "Allow", Action: "sts:AssumeRole", Principal, ...more });

/** The content of a port document. */
export const session = (host: unknown): string =>
  JSON.stringify({
    schemaVersion: "1.0",
    sessionType: "Port",
    properties: { host, portNumber: "5432", type: "LocalPortForwarding" },
  });

export const ACCESS = "arn:aws:rds-db:eu-west-2:111122223333:dbuser:cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ/reader";
