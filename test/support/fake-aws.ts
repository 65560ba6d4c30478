import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** One call as it arrived. */
export interface AwsRequest {
  /** `StartSession`, `DescribeDBClusters`, or `GET /assignment/accounts` for REST services. */
  readonly operation: string;
  readonly headers: IncomingHttpHeaders;
  /** JSON body, or form and query values as texts. */
  readonly input: Record<string, unknown>;
}

export interface AwsAnswer {
  readonly status?: number;
  readonly json?: unknown;
  readonly xml?: string;
  readonly headers?: Record<string, string>;
}

type Handler = (request: AwsRequest) => AwsAnswer;

/** A loopback stand-in that plays recorded shapes of AWS's answers; it judges nothing. Unknown operations answer 501. */
export class FakeAws {
  readonly requests: AwsRequest[] = [];
  private readonly handlers = new Map<string, Handler>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeAws> {
    const server = createServer();
    const fake = new FakeAws(server);
    server.on("request", (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const call = readCall(
          request.method ?? "",
          new URL(request.url ?? "/", "http://x"),
          request.headers,
          Buffer.concat(chunks).toString("utf8"),
        );
        fake.requests.push(call);
        const answer = fake.handlers.get(call.operation)?.(call) ?? {
          status: 501,
          json: { __type: "NotPlayed", message: call.operation },
        };
        response.writeHead(answer.status ?? 200, {
          "content-type": answer.xml === undefined ? "application/x-amz-json-1.1" : "text/xml",
          ...answer.headers,
        });
        response.end(answer.xml ?? JSON.stringify(answer.json ?? {}));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  on(operation: string, answer: AwsAnswer | Handler): this {
    this.handlers.set(operation, typeof answer === "function" ? answer : () => answer);
    return this;
  }

  /** Inputs of an operation's calls, in order. */
  inputs(operation: string): Record<string, unknown>[] {
    return this.requests.filter((request) => request.operation === operation).map((request) => request.input);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

function readCall(method: string, url: URL, headers: IncomingHttpHeaders, body: string): AwsRequest {
  const target = headers["x-amz-target"];
  if (typeof target === "string")
    return {
      operation: target.split(".").pop() ?? "",
      headers,
      input: JSON.parse(body || "{}") as Record<string, unknown>,
    };
  if (headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) {
    const form = Object.fromEntries(new URLSearchParams(body));
    return { operation: form.Action ?? "", headers, input: form };
  }
  const input = body === "" ? Object.fromEntries(url.searchParams) : (JSON.parse(body) as Record<string, unknown>);
  return { operation: `${method} ${url.pathname}`, headers, input };
}

/** An error of a JSON service, as AWS sends it. */
export function jsonError(name: string, message: string, status = 400): AwsAnswer {
  return { status, json: { __type: name, message }, headers: { "x-amzn-errortype": name } };
}

/** An error of a query service (STS, RDS). */
export function xmlError(code: string, message: string, status = 403): AwsAnswer {
  return {
    status,
    xml: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
  };
}

/** STS's answer about the caller. */
export function callerIdentity(account: string, arn: string): AwsAnswer {
  return {
    xml: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>AROAX:jane</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  };
}

/** RDS's answer about clusters; values are written into the XML as they are. */
export function dbClusters(clusters: readonly Readonly<Record<string, string>>[], marker?: string): AwsAnswer {
  const members = clusters
    .map(
      (one) =>
        `<DBCluster>${Object.entries(one)
          .map(([key, value]) => `<${key}>${value}</${key}>`)
          .join("")}</DBCluster>`,
    )
    .join("");
  const more = marker === undefined ? "" : `<Marker>${marker}</Marker>`;
  return {
    xml: `<DescribeDBClustersResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><DescribeDBClustersResult>${more}<DBClusters>${members}</DBClusters></DescribeDBClustersResult></DescribeDBClustersResponse>`,
  };
}

/** Keys that sign but open nothing (the public example of AWS's documentation). */
export const EXAMPLE_KEYS = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
} as const;
