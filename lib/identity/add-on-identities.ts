// The identities of add-ons, in the stack that creates the cluster.
import { KubernetesCluster } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { Construct } from "constructs";
import { principalKey } from "../access/fleet-rows";
import { PrincipalKind } from "../spec/principal";
import { ADD_ON_IDENTITIES, AddOnName, addOnIdentityName } from "../spec/add-ons";
import { ResolvedSpec } from "../spec/resolved-spec";
import { IManagedIdentity, ManagedIdentity } from "./managed-identity";

/** Where azurerm has the identity of an add-on in the cluster; an extension has its own. */
const IDENTITIES = {
  applicationRouting: (cluster: KubernetesCluster) =>
    cluster.webAppRouting.webAppRoutingIdentity.get(0),
  keyVaultProvider: (cluster: KubernetesCluster) =>
    cluster.keyVaultSecretsProvider.secretIdentity.get(0),
} satisfies { [addOn in Exclude<AddOnName, "backup">]: unknown };

/** Returns a function that returns the identity of an add-on by its key: it exists as soon as the cluster does. */
export function addOnIdentitiesOf(
  scope: Construct,
  cluster: KubernetesCluster,
  spec: ResolvedSpec,
): (key: string) => IManagedIdentity | undefined {
  const found = new Map<string, IManagedIdentity>();
  return (key) => {
    const addOn = (Object.keys(IDENTITIES) as (keyof typeof IDENTITIES)[]).find(
      (one) => principalKey({ kind: PrincipalKind.ADD_ON, addOn: one }, spec) === key,
    );
    if (addOn === undefined) {
      return undefined;
    }
    const { userAssignedIdentityId: id, objectId, clientId } = IDENTITIES[addOn](cluster);
    const identity =
      found.get(addOn) ??
      ManagedIdentity.fromIds(
        scope,
        ADD_ON_IDENTITIES[addOn],
        { id, principalId: objectId, clientId },
        addOnIdentityName(addOn, spec.name),
      );
    found.set(addOn, identity);
    return identity;
  };
}
