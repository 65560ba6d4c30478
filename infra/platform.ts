import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { DescriptorParameter } from "./access/descriptor-parameter";
import { IdentityCenter } from "./access/identity-center";
import { PermissionSets } from "./access/permission-sets";
import { SessionDocuments } from "./access/session-documents";
import { Bastion } from "./bastion/bastion";
import { BastionRole } from "./bastion/bastion-role";
import { DatabaseCluster } from "./cluster/cluster";
import type { AccessFile } from "./contract/access-file";
import { descriptorOf } from "./contract/descriptor-content";
import type { EnvironmentRole } from "./contract/environment-access";
import type { Environment } from "./contract/environment-config";
import { DOOR_TAG_KEY, doorTagValue } from "./contract/names";
import type { PlatformOutputs } from "./contract/outputs";
import { Endpoints } from "./network/endpoints";
import { FlowLogs } from "./network/flow-logs";
import { Network } from "./network/network";
import { SecurityGroups } from "./network/security-groups";

/** Arguments of Platform. */
export interface PlatformArgs {
  readonly access: AccessFile;
  readonly environment: Environment;
  /** The roles of this environment. */
  readonly roles: readonly EnvironmentRole[];
}

/** One environment: network, door, clusters, and who may reach them. */
export class Platform extends pulumi.ComponentResource {
  readonly outputs: pulumi.Output<PlatformOutputs>;

  constructor(name: string, args: PlatformArgs, options?: pulumi.ComponentResourceOptions) {
    super("sallyport:index:Platform", name, {}, options);
    const { access, environment, roles } = args;
    const { config } = environment;
    const here = { estate: access.estate, env: environment.name };
    const inside = { parent: this };
    const account = aws.getCallerIdentityOutput({}, inside).accountId;

    const network = new Network(`${name}-network`, config.network, inside);
    new FlowLogs(
      `${name}-flow-logs`,
      {
        ...here,
        region: config.region,
        account,
        vpcId: network.vpcId,
        deletionProtection: Object.values(config.clusters).some((cluster) => cluster.deletionProtection),
      },
      inside,
    );
    const groups = new SecurityGroups(`${name}-groups`, { vpcId: network.vpcId }, inside);
    const role = new BastionRole(`${name}-bastion-role`, { ...here, region: config.region }, inside);
    const endpoints = new Endpoints(
      `${name}-endpoint`,
      {
        vpcId: network.vpcId,
        subnetIds: network.accessSubnetIds,
        securityGroupId: groups.ids.endpoint,
        region: config.region,
        account,
        bastionRoleArn: role.arn,
      },
      inside,
    );
    const bastion = new Bastion(
      `${name}-bastion`,
      {
        ...here,
        instanceType: config.bastion.instanceType,
        subnetId: network.accessSubnetIds[0] as pulumi.Output<string>,
        securityGroupId: groups.ids.bastion,
        profileName: role.profileName,
        after: [...endpoints.all, ...groups.rules],
      },
      inside,
    );

    const clusters = Object.entries(config.clusters).map(([cluster, settings]) => {
      const database = new DatabaseCluster(
        `${name}-${cluster}`,
        { ...here, cluster, config: settings, subnetIds: network.dataSubnetIds, securityGroupId: groups.ids.database },
        inside,
      );
      const documents = new SessionDocuments(
        `${name}-${cluster}-document`,
        { ...here, cluster, state: database.state },
        inside,
      );
      return { name: cluster, database, documents };
    });

    const identityCenter = new IdentityCenter(`${name}-identity`, { identity: access.identity }, inside);
    const sets = new PermissionSets(
      `${name}-set`,
      {
        ...here,
        region: config.region,
        account,
        identityRegion: access.identity.region,
        attributeKey: access.identity.attributeKey,
        roles,
        clusters: clusters.map(({ database }) => database.facts),
        identityCenter,
      },
      inside,
    );

    const states = pulumi.all(
      clusters.map(({ name: cluster, database, documents }) =>
        pulumi
          .all([database.state, documents.names, documents.hashes])
          .apply(([state, names, hashes]) => ({ name: cluster, state, names, hashes })),
      ),
    );
    const descriptor = pulumi.all([account, states]).apply(([accountId, all]) =>
      descriptorOf({
        ...here,
        account: accountId,
        region: config.region,
        clusters: all.map(({ name: cluster, state }) => ({
          name: cluster,
          ...state,
          databases: Object.keys(state.databases),
        })),
        roles,
        documentHashes: Object.assign({}, ...all.map(({ hashes }) => hashes)) as Record<string, string>,
      }),
    );
    const parameter = new DescriptorParameter(
      `${name}-descriptor`,
      { ...here, identityRegion: access.identity.region, descriptor, after: [...endpoints.all, bastion, sets] },
      inside,
    );

    this.outputs = pulumi
      .all([
        account,
        identityCenter.instanceArn,
        identityCenter.identityStoreId,
        parameter.parameterName,
        bastion.instanceId,
        role.roleName,
        states,
        pulumi.all(sets.arns),
      ])
      .apply(
        ([
          accountId,
          instanceArn,
          identityStoreId,
          parameterName,
          instanceId,
          roleName,
          all,
          arns,
        ]): PlatformOutputs => ({
          v: 1,
          estate: access.estate,
          environment: environment.name,
          account: accountId,
          region: config.region,
          identity: { account: access.identity.account, region: access.identity.region, instanceArn, identityStoreId },
          descriptor: { name: parameterName, region: access.identity.region },
          bastion: { instanceId, roleName, tag: { key: DOOR_TAG_KEY, value: doorTagValue(here.estate, here.env) } },
          clusters: Object.fromEntries(
            all.map(({ name: cluster, state, names }) => [cluster, { ...state, documents: names }]),
          ),
          roles: Object.fromEntries(
            roles.map(({ name: each, permissionSet, login }) => [
              each,
              { set: permissionSet, arn: arns[each] ?? "", login },
            ]),
          ),
        }),
      );
    this.registerOutputs({ outputs: this.outputs });
  }
}
