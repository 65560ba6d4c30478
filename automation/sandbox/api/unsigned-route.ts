/** An answer of a route. */
export interface RouteAnswer {
  readonly status: number;
  readonly json: object;
  /** `x-amzn-ErrorType` of a refusal. */
  readonly errorType?: string;
}

/** A request to a route. */
export interface RouteRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A path of a service whose calls are not signed: the access portal and the sign-in (OIDC). */
export interface UnsignedRoute {
  readonly method: "GET" | "POST";
  readonly path: string;
  handle(request: RouteRequest): RouteAnswer;
}
