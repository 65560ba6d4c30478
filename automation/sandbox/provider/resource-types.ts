import type { ResourceType } from "./resource-type";
import { instanceProfile } from "./types/iam/instance-profile";
import { role } from "./types/iam/role";
import { rolePolicy } from "./types/iam/role-policy";
import { rolePolicyAttachment } from "./types/iam/role-policy-attachment";
import { logGroup } from "./types/log-group";
import { defaultSecurityGroup } from "./types/network/default-security-group";
import { flowLog } from "./types/network/flow-log";
import { instance } from "./types/network/instance";
import { routeTable } from "./types/network/route-table";
import { routeTableAssociation } from "./types/network/route-table-association";
import { securityGroup } from "./types/network/security-group";
import { egressRule, ingressRule } from "./types/network/security-group-rule";
import { subnet } from "./types/network/subnet";
import { vpc } from "./types/network/vpc";
import { vpcEndpoint } from "./types/network/vpc-endpoint";
import { cluster } from "./types/rds/cluster";
import { clusterInstance } from "./types/rds/cluster-instance";
import { clusterParameterGroup } from "./types/rds/cluster-parameter-group";
import { subnetGroup } from "./types/rds/subnet-group";
import { accountAssignment } from "./types/sso/account-assignment";
import { inlinePolicy } from "./types/sso/inline-policy";
import { permissionSet } from "./types/sso/permission-set";
import { document } from "./types/ssm/document";
import { parameter } from "./types/ssm/parameter";

/** Everything that the simulated AWS provider can make. */
export const RESOURCE_TYPES: readonly ResourceType[] = [
  vpc,
  subnet,
  routeTable,
  routeTableAssociation,
  securityGroup,
  ingressRule,
  egressRule,
  defaultSecurityGroup,
  vpcEndpoint,
  flowLog,
  instance,
  role,
  rolePolicy,
  instanceProfile,
  rolePolicyAttachment,
  document,
  parameter,
  subnetGroup,
  clusterParameterGroup,
  cluster,
  clusterInstance,
  permissionSet,
  inlinePolicy,
  accountAssignment,
  logGroup,
];
