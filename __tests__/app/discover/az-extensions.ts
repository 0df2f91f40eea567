// What az prints of Flux and of a membership in a fleet with these attributes of azurerm. As azurerm sends them to Azure, and
// not from app/discover.
import { Attributes } from "../../hcl/stack";
import { block } from "./az";

interface Values {
  readonly [name: string]: unknown;
}

export function extensionOf(made: Attributes): Values {
  return {
    id: `${String(made.cluster_id)}/providers/Microsoft.KubernetesConfiguration/extensions/${String(made.name)}`,
    name: made.name,
    extensionType: made.extension_type,
    autoUpgradeMinorVersion: made.version === undefined,
    version: made.version,
    configurationSettings: made.configuration_settings,
    configurationProtectedSettings: {},
    releaseTrain: "Stable",
  };
}

export function fluxConfigurationOf(made: Attributes): Values {
  const git = block(made, "git_repository");
  return {
    id: `${String(made.cluster_id)}/providers/Microsoft.KubernetesConfiguration/fluxConfigurations/${String(made.name)}`,
    name: made.name,
    namespace: made.namespace,
    scope: made.scope,
    suspend: false,
    sourceKind: "GitRepository",
    gitRepository: {
      url: git.url,
      repositoryRef: { [String(git.reference_type)]: git.reference_value },
      localAuthRef: git.local_auth_reference,
      provider: git.provider,
      syncIntervalInSeconds: git.sync_interval_in_seconds,
      timeoutInSeconds: 600,
    },
    kustomizations: Object.fromEntries(
      (made.kustomizations as Values[]).map((one) => [
        one.name,
        {
          name: one.name,
          path: one.path,
          dependsOn: one.depends_on,
          force: false,
          prune: one.garbage_collection_enabled,
          wait: one.wait,
          syncIntervalInSeconds: one.sync_interval_in_seconds,
          retryIntervalInSeconds: one.retry_interval_in_seconds,
          timeoutInSeconds: one.timeout_in_seconds,
        },
      ]),
    ),
  };
}

export function fleetMemberOf(made: Attributes): Values {
  return {
    id: `${String(made.kubernetes_fleet_id)}/members/${String(made.name)}`,
    name: made.name,
    clusterResourceId: made.kubernetes_cluster_id,
    group: made.group,
  };
}
