// The ServiceAccount manifests of workloads. Pure.
import { Document, stringify } from "yaml";
import { ResolvedSpec, ResolvedWorkload, listedWorkloads } from "../../lib/spec/resolved-spec";

/** The annotation with the client id of the identity. */
export const CLIENT_ID = "azure.workload.identity/client-id";

/** The label of the pods that get a token. */
const USE = "azure.workload.identity/use";

/** A ServiceAccount, as Kubernetes takes it. */
export interface ServiceAccountManifest {
  readonly apiVersion: "v1";
  readonly kind: "ServiceAccount";
  readonly metadata: {
    readonly namespace: string;
    readonly name: string;
    /** A client id or, in place of one that is not known, an object, which Kubernetes refuses. */
    readonly annotations: { readonly [name: string]: string | object };
  };
}

/** Returns the client id of the identity of a workload; undefined if it is not known. */
export type ClientIds = (workload: ResolvedWorkload) => string | undefined;

/** Returns the manifests of the service accounts of all workloads but the controller of a gateway, whose chart makes it. */
export function serviceAccounts(
  spec: ResolvedSpec,
  clientIds: ClientIds,
): ServiceAccountManifest[] {
  return listedWorkloads(spec).flatMap((workload) => {
    const clientId = clientIds(workload) ?? {
      unknown: `Give --client-ids: the output of terraform output -json in ${spec.name}-workloads.`,
    };
    return workload.serviceAccounts.map(({ namespaceName, name }) => ({
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { namespace: namespaceName, name, annotations: { [CLIENT_ID]: clientId } },
    }));
  });
}

/** Returns manifests as YAML documents. */
export function manifestsText(manifests: readonly ServiceAccountManifest[]): string {
  const [first, ...rest] = manifests.map((one) => new Document(one));
  if (first === undefined) {
    return "";
  }
  const label = stringify({ [USE]: "true" }).trimEnd();
  first.commentBefore = ` Pods of these service accounts get a token if they have the label ${label}.`;
  return [first, ...rest].map((one) => one.toString({ lineWidth: 0 })).join("---\n");
}
