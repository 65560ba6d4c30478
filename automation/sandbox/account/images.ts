/** What the simulated EC2 knows of a machine image. */
export interface Image {
  readonly architecture: "arm64" | "x86_64";
  /** Whether Session Manager's agent is in it. */
  readonly hasAgent: boolean;
  /** Size of its snapshot, GiB: no root volume may be smaller. */
  readonly snapshotSize: number;
}

/** The catalogue, by image id; the same ids in every region, which real ones never have. */
export const IMAGES: Readonly<Record<string, Image>> = {
  "ami-0a2000000000000a4": { architecture: "arm64", hasAgent: true, snapshotSize: 8 },
  "ami-0a20000000000086f": { architecture: "x86_64", hasAgent: true, snapshotSize: 8 },
  "ami-0a20000000000a4e0": { architecture: "arm64", hasAgent: false, snapshotSize: 2 },
  "ami-0a200000000086fe0": { architecture: "x86_64", hasAgent: false, snapshotSize: 2 },
};

/**
 * Public parameters of Amazon Linux 2023 (Systems Manager user guide, "Calling AMI public parameters"). The minimal images have
 * no agent (Amazon Linux 2023 user guide, "Comparing AMI types").
 */
export const PUBLIC_PARAMETERS: Readonly<Record<string, string>> = {
  "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64": "ami-0a2000000000000a4",
  "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64": "ami-0a20000000000086f",
  "/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-default-arm64": "ami-0a20000000000a4e0",
  "/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-default-x86_64": "ami-0a200000000086fe0",
};

/**
 * Architecture of an instance type: Graviton families carry a `g` after their generation.
 *
 * @example architectureOf("t4g.nano") // "arm64"
 */
export function architectureOf(instanceType: string): Image["architecture"] {
  return /^(?:a1|[a-z]+\d+g[a-z]*)\./.test(instanceType) ? "arm64" : "x86_64";
}
