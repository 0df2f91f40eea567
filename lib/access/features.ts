// What each feature of a cluster needs: the table behind the grant plan. Pure.
// A feature that is added to the description gets a function here, and nothing else has to know of it.
import { ResolvedSpec, nodeSubnets } from "../spec/resolved-spec";
import { GrantingTeam, PlannedGrant, PlannedPrincipal, PlannedScope } from "./planned-grant";
import { Role } from "./roles";

/** Computes the rows that one feature needs. */
export type Feature = (spec: ResolvedSpec) => PlannedGrant[];

const MANAGED_IDENTITY = "https://learn.microsoft.com/azure/aks/managed-identity-overview";
const PERMISSIONS = "https://learn.microsoft.com/azure/aks/aks-service-permissions";
const CNI = "https://learn.microsoft.com/azure/aks/concepts-network-cni-overview";
const REGISTRY = "https://learn.microsoft.com/azure/aks/cluster-container-registry-integration";

const kubeletIdentity: Feature = (spec) => [
  PlannedGrant._of(
    GrantingTeam.IDENTITY,
    controlPlane(spec),
    Role.MANAGED_IDENTITY_OPERATOR,
    kubeletScope(spec),
    [
      {
        feature: "kubelet identity",
        why: "The control plane gives the kubelet identity to the nodes.",
        source: MANAGED_IDENTITY,
      },
    ],
  ),
];

const subnets: Feature = (spec) =>
  nodeSubnets(spec).map((name) =>
    PlannedGrant._of(
      GrantingTeam.NETWORK,
      controlPlane(spec),
      Role.NETWORK_CONTRIBUTOR,
      subnetScope(spec, name),
      [
        {
          feature: "node subnet",
          why: "The control plane joins nodes and internal load balancers to the subnet.",
          source: CNI,
        },
      ],
    ),
  );

const registries: Feature = (spec) =>
  spec.registries.map(({ registry }) =>
    PlannedGrant._of(
      GrantingTeam.IDENTITY,
      { kind: "kubelet", name: spec.identities.kubelet.name },
      Role.ACR_PULL,
      { kind: "registry", name: registry.name, reference: registry },
      [
        {
          feature: "image pull",
          why: "The nodes pull images from the registry.",
          source: REGISTRY,
        },
      ],
    ),
  );

const deployers: Feature = (spec) =>
  spec.deployers.flatMap((deployer) => {
    const principal = { kind: "deployer", name: deployer.name, principal: deployer };
    return [
      ...[controlPlaneScope(spec), kubeletScope(spec)].map((scope) =>
        PlannedGrant._of(GrantingTeam.IDENTITY, principal, Role.MANAGED_IDENTITY_OPERATOR, scope, [
          {
            feature: "deployment",
            why: "Whoever deploys the cluster assigns its identities to it.",
            source: PERMISSIONS,
          },
        ]),
      ),
      ...nodeSubnets(spec).map((name) =>
        PlannedGrant._of(
          GrantingTeam.NETWORK,
          principal,
          Role.NETWORK_CONTRIBUTOR,
          subnetScope(spec, name),
          [
            {
              feature: "deployment",
              why: "Whoever deploys the cluster joins its node pools to the subnet.",
              source: PERMISSIONS,
            },
          ],
        ),
      ),
    ];
  });

/** Every feature, in the order of the plan. */
export const FEATURES: Feature[] = [kubeletIdentity, subnets, registries, deployers];

function controlPlane(spec: ResolvedSpec): PlannedPrincipal {
  return { kind: "controlPlane", name: spec.identities.controlPlane.name };
}

function controlPlaneScope(spec: ResolvedSpec): PlannedScope {
  return { kind: "controlPlane", name: spec.identities.controlPlane.name };
}

function kubeletScope(spec: ResolvedSpec): PlannedScope {
  return { kind: "kubelet", name: spec.identities.kubelet.name };
}

function subnetScope(spec: ResolvedSpec, name: string): PlannedScope {
  return { kind: "subnet", name, reference: spec.network.virtualNetwork };
}
