// The identities that a cluster works with today. Pure.
import { isSameName } from "../../lib/spec/naming";
import { canonicalGuid, canonicalId, parseResourceId } from "../../lib/spec/resource-id";
import { isGroup } from "../config/file-schema";
import { Exports } from "./exports";
import { Reading } from "./reading";

/** An identity of the cluster as it is today. */
export interface CurrentIdentity {
  /** Name for people. */
  readonly name: string;
  /** Object id of its service principal; undefined if no export has it. */
  readonly principalId?: string;
  readonly clientId?: string;
  /** Resource id of a user-assigned identity. */
  readonly id?: string;
}

/** The control plane identity of today. */
export interface ControlPlaneIdentity extends CurrentIdentity {
  readonly kind: "servicePrincipal" | "systemAssigned" | "userAssigned";
  /** When the secret of a service principal ends, if an export has it. */
  readonly secretEnds?: string;
}

/** The kubelet identity of today. */
export interface KubeletIdentity extends CurrentIdentity {
  readonly kind: "servicePrincipal" | "madeByAks" | "brought";
}

/** Both. */
export interface Identities {
  readonly controlPlane: ControlPlaneIdentity;
  readonly kubelet: KubeletIdentity;
}

/** The client id that AKS writes for a cluster with a managed identity. */
const MANAGED = "msi";

/** Returns the identities of a cluster. */
export function identitiesOf(exports: Exports): Identities {
  const { cluster, applications, assignments = [] } = exports;
  const clientId = cluster.text("servicePrincipalProfile.clientId") ?? MANAGED;
  if (clientId !== MANAGED) {
    const entries = applications.filter(({ appId }) => isSameName(appId, clientId));
    const named = assignments.find(({ principalName = "" }) => isSameName(principalName, clientId));
    const principal = {
      name: entries.find(({ name }) => name !== "")?.name ?? clientId,
      clientId: canonicalGuid(clientId),
      principalId: entries.flatMap((one) => one.principalId ?? [])[0] ?? named?.principalId,
    };
    const [secretEnds] = entries
      .flatMap(({ ends }) => ends)
      .sort()
      .reverse();
    return {
      controlPlane: { ...principal, kind: "servicePrincipal", secretEnds },
      kubelet: { ...principal, kind: "servicePrincipal" },
    };
  }
  return { controlPlane: controlPlaneOf(exports), kubelet: kubeletOf(exports) };
}

function controlPlaneOf(exports: Exports): ControlPlaneIdentity {
  const { cluster, place } = exports;
  const brought = cluster.value("identity.userAssignedIdentities");
  const [[id, given] = []] = Object.entries(isGroup(brought) ? brought : {});
  const ids = new Reading(isGroup(given) ? given : {});
  if (id === undefined) {
    const principalId = cluster.text("identity.principalId");
    return {
      kind: "systemAssigned",
      name: place.name,
      principalId: principalId && canonicalGuid(principalId),
    };
  }
  return {
    kind: "userAssigned",
    ...userAssigned(
      id,
      { principalId: ids.text("principalId"), clientId: ids.text("clientId") },
      exports,
    ),
  };
}

function kubeletOf(exports: Exports): KubeletIdentity {
  const { cluster } = exports;
  const kubelet = cluster.group("identityProfile.kubeletidentity");
  const id = kubelet?.text("resourceId") ?? "";
  const isMade = isSameName(
    parseResourceId(id)?.resourceGroup ?? "",
    cluster.text("nodeResourceGroup") ?? "",
  );
  const ids = { principalId: kubelet?.text("objectId"), clientId: kubelet?.text("clientId") };
  return { kind: isMade ? "madeByAks" : "brought", ...userAssigned(id, ids, exports) };
}

function userAssigned(
  given: string,
  { principalId, clientId }: { readonly principalId?: string; readonly clientId?: string },
  { identities }: Exports,
): CurrentIdentity {
  const id = canonicalId(given);
  const known = identities.find((one) => isSameName(one.id, id));
  const canonical = (guid?: string) => guid && canonicalGuid(guid);
  return {
    id,
    name: parseResourceId(id)?.name ?? id,
    principalId: canonical(principalId ?? known?.principalId),
    clientId: canonical(clientId ?? known?.clientId),
  };
}
