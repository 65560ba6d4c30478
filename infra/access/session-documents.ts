import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { documentHash } from "../contract/document-hash";
import { sessionDocumentName } from "../contract/names";
import { sessionDocument } from "../contract/session-document";
import type { ClusterState } from "../cluster/cluster";

/** Arguments of SessionDocuments. */
export interface SessionDocumentsArgs {
  readonly estate: string;
  readonly env: string;
  readonly cluster: string;
  readonly state: pulumi.Output<ClusterState>;
}

/** The two session documents of a cluster, each with one endpoint pinned. */
export class SessionDocuments extends pulumi.ComponentResource {
  /** Document names by endpoint. */
  readonly names: pulumi.Output<{ writer: string; reader: string }>;
  /** SHA-256 of the content by document name. */
  readonly hashes: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: SessionDocumentsArgs, options?: pulumi.ComponentResourceOptions) {
    super("sallyport:access:SessionDocuments", name, {}, options);
    const writer = this.document(name, args, "writer");
    const reader = this.document(name, args, "reader");
    this.names = pulumi.all([writer.name, reader.name]).apply(([first, second]) => ({ writer: first, reader: second }));
    this.hashes = pulumi
      .all([writer.name, writer.content, reader.name, reader.content])
      .apply(([first, firstContent, second, secondContent]) => ({
        [first]: documentHash(firstContent),
        [second]: documentHash(secondContent),
      }));
    this.registerOutputs({ names: this.names, hashes: this.hashes });
  }

  private document(name: string, args: SessionDocumentsArgs, endpoint: "writer" | "reader"): aws.ssm.Document {
    const { estate, env, cluster } = args;
    return new aws.ssm.Document(
      `${name}-${endpoint}`,
      {
        name: sessionDocumentName(estate, env, cluster, endpoint),
        documentType: "Session",
        documentFormat: "JSON",
        content: args.state.apply((state) => {
          const host = endpoint === "writer" ? state.endpoint : state.readerEndpoint;
          return sessionDocument({ estate, env, cluster, endpoint, host, port: state.port });
        }),
      },
      { parent: this },
    );
  }
}
