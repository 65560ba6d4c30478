import type { AdoptedResource, PendingOperation } from "./stack-engine";

const KINDS: readonly PendingOperation["kind"][] = ["creating", "updating", "deleting", "reading", "importing"];

/**
 * The operations that a killed run left behind, out of an exported state (`pulumi stack export`, Pulumi's
 * `apitype.UntypedDeployment`). A state without any answers an empty list.
 *
 * @example
 * pendingOperations({ deployment: { pending_operations: [{ type: "creating", resource: { urn: "urn:…::v", type: "aws:ec2/vpc:Vpc" } }] } })
 * // [{ kind: "creating", urn: "urn:…::v", type: "aws:ec2/vpc:Vpc", name: "v", inputs: {} }]
 */
export function pendingOperations(exported: unknown): readonly PendingOperation[] {
  const deployment = (exported as { deployment?: { pending_operations?: unknown } | null } | null)?.deployment;
  const list = deployment?.pending_operations;
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry) => {
    const { type, resource } = entry as {
      type?: string;
      resource?: { urn?: string; type?: string; inputs?: Record<string, unknown> };
    };
    const kind = KINDS.find((known) => known === type);
    if (!kind || typeof resource?.urn !== "string") return [];
    const name = resource.urn.split("::").at(-1) ?? resource.urn;
    return [{ kind, urn: resource.urn, type: resource.type ?? "", name, inputs: resource.inputs ?? {} }];
  });
}

/**
 * An exported state without pending operations, with what exists in the account among its resources: unprotected, under its own URN,
 * parent, provider and dependencies, as the interrupted create would have recorded it. Its outputs are its inputs until a refresh
 * reads it, which also drops what does not exist after all. (`pulumi refresh --import-pending-creates` of 3.220.0 only drops the
 * entry, and `pulumi import` protects what it takes.)
 *
 * @example
 * settlePending(exported, [{ urn: "urn:…::v", id: "vpc-1" }]) // resources: […, { urn: "urn:…::v", id: "vpc-1", … }]
 */
export function settlePending(exported: unknown, adopted: readonly AdoptedResource[]): unknown {
  const state = exported as { deployment?: Deployment | null };
  if (!state.deployment) return exported;
  const { pending_operations: pending = [], resources = [], ...rest } = state.deployment;
  const known = new Set(resources.map(({ urn }) => urn));
  const taken = adopted.flatMap(({ urn, id }) => {
    const found = pending.find(({ type, resource }) => type === "creating" && resource.urn === urn)?.resource;
    if (!found || known.has(urn)) return [];
    return [{ ...found, id, outputs: { ...found.outputs, ...found.inputs } }];
  });
  // Appended: whatever a resource depends on was recorded before its own create began.
  return { ...state, deployment: { ...rest, resources: [...resources, ...taken] } };
}

/** How many resources an exported state holds, the stack itself, providers and components aside. */
export function heldResources(exported: unknown): number {
  const { resources = [] } = (exported as { deployment?: Deployment | null } | null)?.deployment ?? {};
  return resources.filter(({ custom, type = "" }) => custom === true && !type.startsWith("pulumi:")).length;
}

interface StateResource {
  readonly urn: string;
  readonly type?: string;
  readonly custom?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

interface Deployment {
  readonly resources?: readonly StateResource[];
  readonly pending_operations?: readonly { readonly type: string; readonly resource: StateResource }[];
}
