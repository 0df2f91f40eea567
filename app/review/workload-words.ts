// Words for the workloads of an access review. Pure.
import { ReviewedCredential } from "../../lib/review/reviewed-workload";
import { plain } from "./text";

/** Explains who can become a workload. */
export const WORKLOAD_WORDS =
  "Pods with these service accounts act as the identity, with its rights. So do all who may create such pods, or tokens of the service accounts: administrators of Kubernetes, and principals with a role in Kubernetes that creates pods in the namespace, also by bindings that this review does not know.";

/** The heads of the table of workloads. */
export const WORKLOAD_HEADS = ["Workload", "Identity", "Service accounts", "Issuers"];

/** Returns the service account of a subject: `web/shop`. */
export function accountOf(subject: string): string {
  return plain(subject.split(":").slice(2).join("/"));
}

/** Returns the issuer of a credential. */
export function issuerWords({ issuer, issuerUrl }: ReviewedCredential): string {
  return plain(
    issuerUrl === undefined ? `${issuer}: a variable of the stack` : `${issuer}: ${issuerUrl}`,
  );
}
