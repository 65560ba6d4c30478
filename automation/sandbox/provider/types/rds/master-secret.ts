import type { CloudObject, Json } from "../../../account/estate";
import { alphanumeric, stableUuid, uuid } from "../../../account/ids";
import type { AwsContext } from "../../aws-context";
import { SECRET } from "./tokens";

/** The secret that RDS makes and owns for a cluster with a managed master password (R5). */
export function makeMasterSecret(
  aws: AwsContext,
  clusterId: string,
  username: string,
): { readonly secret: CloudObject; readonly password: string; readonly output: Json } {
  const password = alphanumeric(aws.estate.randomBytes, 32);
  const name = `rds!cluster-${uuid(aws.estate.randomBytes)}`;
  const secretArn = aws.arn("secretsmanager", `secret:${name}-${alphanumeric(aws.estate.randomBytes, 6)}`);
  const kmsKeyId = aws.arn("kms", `key/${stableUuid("secretsmanager", aws.account, aws.region)}`);
  const secret = aws.add(
    SECRET,
    secretArn,
    {
      arn: secretArn,
      name,
      secretString: JSON.stringify({ username, password }),
      owningService: "rds",
      kmsKeyId,
      rotationEnabled: true,
    },
    { clusterId },
  );
  return { secret, password, output: [{ kmsKeyId, secretArn, secretStatus: "active" }] };
}

/** Takes a cluster's secret away with it. */
export function removeMasterSecret(aws: AwsContext, clusterId: string): void {
  for (const secret of aws.list(SECRET)) if (secret.hidden.clusterId === clusterId) aws.estate.remove(secret);
}
