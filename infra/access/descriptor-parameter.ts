import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Descriptor } from "../contract/descriptor";
import { encodeDescriptor } from "../contract/descriptor";
import { descriptorName } from "../contract/names";
import { formatProblem } from "../contract/result";

/** Arguments of DescriptorParameter. */
export interface DescriptorParameterArgs {
  readonly estate: string;
  readonly env: string;
  /** Region of Identity Center: the one region that a client knows before it has found a door. */
  readonly identityRegion: string;
  readonly descriptor: pulumi.Output<Descriptor>;
  /** A door is announced when it stands: endpoints, bastion, permission sets. */
  readonly after: readonly pulumi.Resource[];
}

/** The public record by which clients find the door, in the environment's account and Identity Center's region. */
export class DescriptorParameter extends pulumi.ComponentResource {
  readonly parameterName: pulumi.Output<string>;

  constructor(name: string, args: DescriptorParameterArgs, options?: pulumi.ComponentResourceOptions) {
    super("sallyport:access:DescriptorParameter", name, {}, options);
    const parameter = new aws.ssm.Parameter(
      name,
      {
        name: descriptorName(args.estate, args.env),
        description: `Where the door of ${args.estate}/${args.env} is; no secret`,
        type: "String",
        // Not `value`: that hides every difference as if it were a secret.
        insecureValue: args.descriptor.apply(encode),
        region: args.identityRegion,
      },
      { parent: this, dependsOn: [...args.after] },
    );
    this.parameterName = parameter.name;
    this.registerOutputs({ parameterName: this.parameterName });
  }
}

function encode(descriptor: Descriptor): string {
  const encoded = encodeDescriptor(descriptor);
  if (!encoded.ok) throw new Error(encoded.problems.map(formatProblem).join("\n"));
  return encoded.value;
}
