import type { Server } from "node:http";
import type { Estate } from "../account/estate";
import type { Agents, SessionGateway } from "../account/ports";
import { addApis, type ApiParts } from "./server";
import { identityStore } from "./services/identity-store";
import { oidcRoutes } from "./services/oidc";
import { portalRoutes } from "./services/portal";
import { rds } from "./services/rds";
import { secretsManager } from "./services/secrets-manager";
import type { SignIn } from "./services/sign-in";
import { ssm } from "./services/ssm";
import { ssoAdmin } from "./services/sso-admin";
import { sts } from "./services/sts";

/** What the account's APIs stand on. */
export interface AccountApis {
  readonly estate: Estate;
  readonly agents: Agents;
  readonly gateway: SessionGateway;
  readonly signIn: SignIn;
  readonly control: ApiParts["control"];
}

/** Every API of the simulated organisation, added to one loopback server. */
export function addAccountApis(server: Server, { estate, agents, gateway, signIn, control }: AccountApis): void {
  addApis(server, {
    estate,
    control,
    query: [sts, rds],
    json: [ssm(agents, gateway), secretsManager, identityStore, ssoAdmin],
    routes: [...oidcRoutes(signIn, estate.directory.startUrl), ...portalRoutes(estate, signIn)],
  });
}
