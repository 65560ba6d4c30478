import * as grpc from "@grpc/grpc-js";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { Props } from "../account/estate";
import { encode } from "./protocol/values";
import type { Made } from "./provider";

/** An error that leaves its resource in the state: it carries id, outputs and reasons in `grpc-status-details-bin`. */
export function initFailed(
  made: Made,
  inputs: Props,
  secrets: ReadonlySet<string>,
): Error & { readonly metadata: grpc.Metadata } {
  const detail = new ErrorResourceInitFailed();
  detail.setId(made.id);
  detail.setProperties(encode(made.outputs, secrets));
  detail.setInputs(encode(inputs, secrets));
  detail.setReasonsList([...made.reasons]);
  const any = new Any();
  any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(made.reasons.join("; "));
  status.setDetailsList([any]);
  const metadata = new grpc.Metadata();
  metadata.set("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return Object.assign(new Error(made.reasons.join("; ")), { metadata });
}
