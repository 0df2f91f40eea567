// Fills in the defaults of identities: those of the cluster, and those of workloads. Pure.
import type { ClusterSpec } from "./cluster-spec";
import {
  identitiesDefaults,
  identityDefaults,
  identityName,
  resourceGroupDefaults,
  workloadDefaults,
  workloadRightDefaults,
} from "./defaults";
import { filled } from "./filled";
import type { IdentitiesSpec, IdentityIds, IdentitySpec } from "./identities";
import { isSameName } from "./naming";
import { canonicalGuid, canonicalId } from "./resource-id";
import type { WorkloadSpec } from "./workloads";

/** Returns the identities of a cluster with their defaults. */
export function filledIdentities(given: IdentitiesSpec, spec: ClusterSpec) {
  const filledIn = filled(given, identitiesDefaults(spec));
  const { controlPlane, kubelet, resourceGroup: group } = filledIn;
  const common = commonOf(given, spec);
  return {
    ...filledIn,
    subscriptionId: common.subscriptionId,
    resourceGroup: filled(group, resourceGroupDefaults),
    controlPlane: identity(controlPlane, identityName(spec.name, "cp"), common),
    kubelet: identity(kubelet, identityName(spec.name, "kubelet"), common),
  };
}

/** Returns workloads with their defaults. One that shares the identity of another one, which HAKS-WL-002 looks at, has the same. */
export function filledWorkloads(given: readonly WorkloadSpec[], spec: ClusterSpec) {
  const common = commonOf(spec.identities ?? {}, spec);
  const all = given.map((one) => {
    const workload = filled(one, workloadDefaults);
    const ofWorkload = identity(workload.identity, identityName(spec.name, one.name), common);
    return {
      ...workload,
      identity: ofWorkload,
      rights: workload.rights.map((right) => filled(right, workloadRightDefaults(right))),
    };
  });
  return all.map((one) => {
    const shared = all.find(
      ({ name, sharesIdentityOf }) =>
        name === one.sharesIdentityOf && sharesIdentityOf === undefined,
    );
    return {
      ...one,
      /** The workload that Terraform addresses of the identity name. */
      owner: (shared ?? one).name,
      identity: (shared ?? one).identity,
    };
  });
}

/** Returns the place of identities that name none. */
function commonOf(given: IdentitiesSpec, spec: ClusterSpec) {
  const { resourceGroup: group } = filled(given, identitiesDefaults(spec));
  return { resourceGroup: group.name, subscriptionId: otherSubscription(given, spec) };
}

/** Returns the subscription of the identities; undefined if it is that of the cluster. */
function otherSubscription({ subscriptionId }: IdentitiesSpec, spec: ClusterSpec) {
  const isSame = isSameName(subscriptionId ?? "", spec.subscriptionId ?? "");
  return subscriptionId === undefined || isSame ? undefined : canonicalGuid(subscriptionId);
}

function identity(
  given: IdentitySpec,
  name: string,
  common: Parameters<typeof identityDefaults>[1],
) {
  const { ids, subscriptionId, ...rest } = filled(given, identityDefaults(name, common, given));
  return {
    ...rest,
    ids: ids && canonicalIds(ids),
    subscriptionId: subscriptionId && canonicalGuid(subscriptionId),
  };
}

function canonicalIds({ id, principalId, clientId }: IdentityIds): IdentityIds {
  return {
    id: canonicalId(id),
    principalId: canonicalGuid(principalId),
    clientId: canonicalGuid(clientId),
  };
}
