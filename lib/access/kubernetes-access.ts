// The needs of users of Kubernetes: the roles that the description names. Pure.
import { PrincipalKind } from "../spec/principal";
import { ResolvedSpec } from "../spec/resolved-spec";
import { KUBERNETES_ROLES, Role } from "../spec/roles";
import { entryOf } from "../spec/tables";
import { operationsOf, patternsOn } from "./effective-rights";
import { LEARN, Need } from "./feature";
import { PlannedScope } from "./planned-grant";

/** Returns the needs of the Kubernetes roles of a description. */
export function kubernetesNeeds({ access, resourceGroup }: ResolvedSpec): Need[] {
  const scope = { kind: "resourceGroup", name: resourceGroup.name };
  return access.kubernetes.flatMap(({ principal, role }) =>
    kubernetesRoles(role).map((granted): Need => ({
      principal: { kind: PrincipalKind.KUBERNETES_USER, name: principal.name, principal },
      scope,
      right: {
        needs: kubernetesOperations(granted, scope),
        builtIn: granted,
        minimal: granted,
      },
      reason: {
        feature: "Kubernetes access",
        source: `${LEARN}/aks/manage-azure-rbac`,
        why:
          granted === Role.AKS_CLUSTER_USER
            ? "The Kubernetes user gets the kubeconfig of the cluster."
            : "The Kubernetes user works in Kubernetes by Azure RBAC.",
      },
    })),
  );
}

// Each operation by itself, so that another role with the same ones counts; all of them only as the wildcard that it is.
function kubernetesOperations(role: Role, scope: PlannedScope): string[] {
  const isWhole = role.notDataActions.length === 0 && role.dataActions.length === 1;
  return isWhole ? patternsOn(scope, role) : operationsOf({ role, scope });
}

// Every Kubernetes role needs the kubeconfig as well, which comes with a separate role.
function kubernetesRoles(role: string): Role[] {
  const granted = entryOf(KUBERNETES_ROLES, role);
  return granted ? [...new Set([granted, Role.AKS_CLUSTER_USER])] : [];
}
