// What people and pipelines need: those who deploy, and those who work in Kubernetes. Pure.
import { nodeSubnets } from "../spec/pools";
import { ResolvedSpec, isPrivate } from "../spec/resolved-spec";
import { entryOf } from "../spec/tables";
import { Feature, Need, identityScope, referenceScope, subnetScope } from "./features";
import { PlannedScope } from "./planned-grant";
import { PURPOSES, Purpose } from "./purposes";
import { KUBERNETES_ROLES, Role } from "../spec/roles";

const LEARN = "https://learn.microsoft.com/azure";

/** The features of people, in the order of the plan. */
export const PEOPLE_FEATURES: Feature[] = [
  {
    name: "deployment",
    source: `${LEARN}/aks/aks-service-permissions`,
    needs: (spec) =>
      spec.access.deployers.flatMap((deployer) =>
        deploymentScopes(spec).map(({ scope, purpose, why }): Need => ({
          principal: { kind: "deployer", name: deployer.name, principal: deployer },
          scope,
          purpose,
          why,
        })),
      ),
  },
  {
    name: "Kubernetes access",
    source: `${LEARN}/aks/manage-azure-rbac`,
    needs: (spec) =>
      spec.access.kubernetes.flatMap(({ principal, role }) =>
        kubernetesRoles(role).map((granted): Need => ({
          principal: { kind: "kubernetesUser", name: principal.name, principal },
          scope: { kind: "resourceGroup", name: spec.resourceGroup.name },
          purpose: {
            needs: [...granted.actions, ...granted.dataActions],
            builtIn: granted,
            minimal: granted,
          },
          why:
            granted === Role.AKS_CLUSTER_USER
              ? "Gets the kubeconfig of the cluster."
              : "Works in Kubernetes by Azure RBAC.",
        })),
      ),
  },
];

// Every Kubernetes role needs the kubeconfig as well, which comes with a role of its own.
function kubernetesRoles(role: string): Role[] {
  const granted = entryOf(KUBERNETES_ROLES, role);
  return granted ? [...new Set([granted, Role.AKS_CLUSTER_USER])] : [];
}

interface DeploymentNeed {
  readonly scope: PlannedScope;
  readonly purpose: Purpose;
  readonly why: string;
}

function deploymentScopes(spec: ResolvedSpec): DeploymentNeed[] {
  const {
    network,
    privateDns,
    diskEncryption,
    monitoring: { logAnalyticsWorkspace, prometheusWorkspace },
  } = spec;
  const zone = isPrivate(spec) ? privateDns.zone : undefined;
  const subnets = [
    ...nodeSubnets(spec),
    ...(network.podNetwork.subnet === undefined ? [] : [network.podNetwork.subnet]),
    ...(network.apiServerSubnet === undefined ? [] : [network.apiServerSubnet]),
  ];
  const { diskEncryptionSet } = diskEncryption;
  return [
    ...(["controlPlane", "kubelet"] as const).map((kind) => ({
      scope: identityScope(spec, kind),
      purpose: PURPOSES.assignIdentity,
      why: "Whoever deploys the cluster assigns its identities to it.",
    })),
    ...[...new Set(subnets)].map((name) => ({
      scope: subnetScope(spec, name),
      purpose: PURPOSES.subnetJoin,
      why: "Whoever deploys the cluster joins it to its subnets.",
    })),
    {
      scope: referenceScope("virtualNetwork", network.virtualNetwork),
      purpose: PURPOSES.networkRead,
      why: "Whoever deploys the cluster reads its network, which azurerm does after each node pool.",
    },
    ...network.egress.publicIps.map((reference) => ({
      scope: referenceScope("publicIp", reference),
      purpose: PURPOSES.publicIp,
      why: "Whoever deploys the cluster gives it the public IPs of its egress.",
    })),
    ...network.egress.publicIpPrefixes.map((reference) => ({
      scope: referenceScope("publicIpPrefix", reference),
      purpose: PURPOSES.publicIpPrefix,
      why: "Whoever deploys the cluster gives it the public IP prefixes of its egress.",
    })),
    ...(zone
      ? [
          {
            scope: referenceScope("privateDnsZone", zone),
            purpose: PURPOSES.privateDnsZoneRead,
            why: "Whoever deploys the cluster reads its private DNS zone.",
          },
        ]
      : []),
    ...(diskEncryptionSet
      ? [
          {
            scope: referenceScope("diskEncryptionSet", diskEncryptionSet),
            purpose: PURPOSES.diskEncryptionSet,
            why: "Whoever deploys the cluster reads its disk encryption set.",
          },
        ]
      : []),
    ...(logAnalyticsWorkspace
      ? [
          {
            scope: referenceScope("logAnalyticsWorkspace", logAnalyticsWorkspace),
            purpose: PURPOSES.workspace,
            why: "Whoever deploys the cluster connects it to its log workspace.",
          },
        ]
      : []),
    ...(prometheusWorkspace
      ? [
          {
            scope: referenceScope("monitorWorkspace", prometheusWorkspace),
            purpose: PURPOSES.monitorWorkspace,
            why: "Whoever deploys the cluster makes the rule that sends its metrics to the workspace.",
          },
        ]
      : []),
  ];
}
