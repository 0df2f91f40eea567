// What people need who work in Kubernetes: the roles that the description names. Pure.
import { PrincipalKind } from "../spec/principal";
import { ResolvedSpec } from "../spec/resolved-spec";
import { KUBERNETES_ROLES, Role } from "../spec/roles";
import { entryOf } from "../spec/tables";
import { LEARN, Need } from "./feature";

/** What the Kubernetes roles of a description need. */
export function kubernetesNeeds({ access, resourceGroup }: ResolvedSpec): Need[] {
  return access.kubernetes.flatMap(({ principal, role }) =>
    kubernetesRoles(role).map((granted): Need => ({
      principal: { kind: PrincipalKind.KUBERNETES_USER, name: principal.name, principal },
      scope: { kind: "resourceGroup", name: resourceGroup.name },
      right: {
        needs: [...granted.actions, ...granted.dataActions],
        builtIn: granted,
        minimal: granted,
      },
      reason: {
        feature: "Kubernetes access",
        source: `${LEARN}/aks/manage-azure-rbac`,
        why:
          granted === Role.AKS_CLUSTER_USER
            ? "Gets the kubeconfig of the cluster."
            : "Works in Kubernetes by Azure RBAC.",
      },
    })),
  );
}

// Every Kubernetes role needs the kubeconfig as well, which comes with a role of its own.
function kubernetesRoles(role: string): Role[] {
  const granted = entryOf(KUBERNETES_ROLES, role);
  return granted ? [...new Set([granted, Role.AKS_CLUSTER_USER])] : [];
}
