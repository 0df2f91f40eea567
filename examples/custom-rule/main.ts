// Custom rules: the organization allows two regions, and each cluster must have an owner. Their errors stop the
// synth like those of the library.
import { App } from "cdktf";
import {
  ClusterPlan,
  ClusterStacks,
  DiskEncryption,
  Egress,
  ISpecRule,
  ResourceReference,
  Severity,
  SpecProps,
  RuleFinding,
} from "hardened-aks";

class Regions implements ISpecRule {
  public readonly code = "OWN-REGION-001";
  public readonly severity = Severity.ERROR;

  public constructor(private readonly allowed: string[]) {}

  public check({ spec }: SpecProps): RuleFinding[] {
    const { location } = spec;
    return this.allowed.includes(location)
      ? []
      : [
          {
            path: "location",
            message: `Clusters are not allowed in ${location}.`,
            remedy: `Use ${this.allowed.join(" or ")}.`,
          },
        ];
  }
}

class OwnerTag implements ISpecRule {
  public readonly code = "OWN-TAG-001";
  public readonly severity = Severity.WARNING;

  public check({ spec }: SpecProps): RuleFinding[] {
    return "owner" in (spec.tags ?? {})
      ? []
      : [{ path: "tags", message: "The cluster has no owner.", remedy: "Add the tag owner." }];
  }
}

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
    diskEncryption: DiskEncryption.platformManaged(),
    monitoring: {
      logAnalyticsWorkspace: ResourceReference.byName({
        name: "platform-logs",
        resourceGroup: "monitor-rg",
      }),
    },
    customRules: [new Regions(["westeurope", "northeurope"]), new OwnerTag()],
    tags: { owner: "platform-engineers" },
  }),
});
app.synth();
