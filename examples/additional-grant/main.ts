// An additional grant: the pipeline of the applications writes records to a DNS zone of the NOC. The stack of the NOC,
// the preflight and the access review include it.
import { App } from "cdktf";
import {
  ClusterPlan,
  ClusterStacks,
  DiskEncryption,
  Egress,
  GrantPrincipal,
  GrantScope,
  GrantingTeam,
  AdditionalGrant,
  Principal,
  ResourceReference,
  Role,
} from "hardened-aks";

const records: AdditionalGrant = {
  team: GrantingTeam.NETWORK,
  principal: GrantPrincipal.entra(
    Principal.servicePrincipal("external-dns", "55555555-5555-4555-8555-555555555553"),
  ),
  role: Role.custom({
    key: "dnsRecords",
    name: "AKS DNS Records",
    description: "Reads a DNS zone, and writes its address and text records.",
    actions: ["read", "A/read", "A/write", "A/delete", "TXT/read", "TXT/write", "TXT/delete"].map(
      (action) => `Microsoft.Network/dnsZones/${action}`,
    ),
  }),
  scope: GrantScope.resource(
    "Microsoft.Network/dnsZones",
    ResourceReference.byName({ name: "apps.example.org", resourceGroup: "dns-rg" }),
  ),
  feature: "external DNS",
  why: "ExternalDNS writes the names of services into the zone.",
  source: "https://kubernetes-sigs.github.io/external-dns/latest/docs/tutorials/azure/",
};

const app = new App();
new ClusterStacks(app, {
  plan: new ClusterPlan({
    name: "haks",
    location: "westeurope",
    resourceGroup: { name: "hardenedaks" },
    identities: { resourceGroup: { name: "identity-rg" } },
    network: {
      virtualNetwork: ResourceReference.byName({
        name: "haks-vnet",
        resourceGroup: "haks-network",
      }),
      nodeSubnet: "aks-nodes",
      egress: Egress.userDefinedRouting(),
    },
    nodePools: {
      system: { vmSize: "Standard_D4ds_v5" },
      user: [{ name: "apps", vmSize: "Standard_D4ds_v5" }],
    },
    permissions: { additionalGrants: [records] },
    diskEncryption: DiskEncryption.platformManaged(),
    monitoring: {
      logAnalyticsWorkspace: ResourceReference.byName({
        name: "platform-logs",
        resourceGroup: "monitor-rg",
      }),
    },
  }),
});
app.synth();
