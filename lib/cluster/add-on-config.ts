// The attributes of the add-ons of a cluster, computed from the description. Pure.
import { KubernetesClusterConfig } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { AddOn } from "../spec/operation";
import { ResolvedSpec } from "../spec/resolved-spec";
import { ClusterSurroundings } from "./surroundings";

/** Returns the attributes of the add-ons. */
export function addOnConfig(
  { addOns, serviceMesh, applicationRouting }: ResolvedSpec,
  { resourceId }: ClusterSurroundings,
): Partial<KubernetesClusterConfig> {
  const autoscalers = {
    kedaEnabled: addOns.includes(AddOn.KEDA) || undefined,
    verticalPodAutoscalerEnabled: addOns.includes(AddOn.VERTICAL_POD_AUTOSCALER) || undefined,
  };
  const authority = serviceMesh?.certificateAuthority;
  return {
    costAnalysisEnabled: addOns.includes(AddOn.COST_ANALYSIS) || undefined,
    workloadAutoscalerProfile: Object.values(autoscalers).some((one) => one)
      ? autoscalers
      : undefined,
    serviceMeshProfile: serviceMesh && {
      mode: "Istio",
      revisions: serviceMesh.revisions,
      internalIngressGatewayEnabled: serviceMesh.internalIngress,
      externalIngressGatewayEnabled: serviceMesh.externalIngress,
      certificateAuthority: authority && {
        keyVaultId: resourceId("Microsoft.KeyVault/vaults", authority.keyVault),
        rootCertObjectName: authority.rootCertificate,
        certObjectName: authority.certificate,
        keyObjectName: authority.key,
        certChainObjectName: authority.certificateChain,
      },
    },
    webAppRouting: applicationRouting && {
      defaultNginxController: applicationRouting.controller,
      dnsZoneIds: [
        ...applicationRouting.dnsZones.map((zone) =>
          resourceId("Microsoft.Network/dnsZones", zone),
        ),
        ...applicationRouting.privateDnsZones.map((zone) =>
          resourceId("Microsoft.Network/privateDnsZones", zone),
        ),
      ],
    },
  };
}
