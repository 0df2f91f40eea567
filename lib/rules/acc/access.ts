// HAKS-ACC: people, in Azure and in Kubernetes. Pure.
import { PERMISSIONS_PAGE } from "../../access/feature";
import { kindWords } from "../../access/words";
import { sharesResourceGroup } from "../../spec/resolved-spec";
import { hasException, Rule } from "../rule";

const ENTRA = "https://learn.microsoft.com/azure/aks/entra-id-authorization";

/** The rules about deployers, and about users of Kubernetes. */
export const ACCESS_RULES: Rule[] = [
  {
    code: "HAKS-ACC-005",
    onlyApart: true,
    title: "Kubernetes roles must be granted on a resource group that exists before the cluster.",
    source: "https://learn.microsoft.com/azure/aks/manage-azure-rbac",
    check: ({ spec }, report) => {
      const { access, resourceGroup } = spec;
      if (access.kubernetes.length > 0 && resourceGroup.create && !sharesResourceGroup(spec)) {
        report(
          "access.kubernetes",
          `The resource group "${resourceGroup.name}" is created with the cluster, after Kubernetes roles are granted on it.`,
          "Create it before, and leave resourceGroup.create out.",
          "resourceGroup.create",
        );
      }
    },
  },
  {
    code: "HAKS-ACC-010",
    title:
      "A cluster without Azure RBAC must have administrator groups, and must not have Kubernetes roles of Azure.",
    source: ENTRA,
    check: ({ spec }, report) => {
      if (!hasException(spec, "noAzureRbac")) {
        return;
      }
      if (spec.access.adminGroups.length === 0) {
        report(
          "access.adminGroups",
          "Without Azure RBAC the cluster has no administrators, since no group is named.",
          "Name a group of administrators.",
          "exceptions",
        );
      }
      spec.access.kubernetes.forEach(({ role, principal }, index) => {
        if (role !== "clusterUser") {
          report(
            `access.kubernetes.${index}.role`,
            `Without Azure RBAC the role "${role}" of "${principal.name}" gives nothing.`,
            "Use clusterUser, and bind roles in Kubernetes.",
            "exceptions",
          );
        }
      });
    },
  },
  {
    code: "HAKS-ACC-011",
    severity: "warning",
    title: "At least one principal should have a role in Kubernetes.",
    source: ENTRA,
    check: ({ spec: { access } }, report) => {
      if (
        access.adminGroups.length === 0 &&
        access.kubernetes.every(({ role }) => role === "clusterUser")
      ) {
        report(
          "access.kubernetes",
          "No principal has a role in Kubernetes; not even the deployer of the cluster can look into it.",
          "Name a group with a role, such as clusterAdmin.",
        );
      }
    },
  },
  {
    code: "HAKS-ACC-012",
    severity: "warning",
    title:
      "Administrators of Kubernetes should have role assignments, and should not be in access.adminGroups.",
    source: ENTRA,
    check: ({ spec: { access } }, report) =>
      access.adminGroups.forEach(({ name }, index) =>
        report(
          `access.adminGroups.${index}`,
          `The members of "${name}" administer Kubernetes because the cluster names them: no role assignment shows it.`,
          "Give them a role in access.kubernetes instead, such as clusterAdmin.",
        ),
      ),
  },
  {
    code: "HAKS-ACC-015",
    severity: "warning",
    onlyApart: true,
    title: "A description should name the deployer, so that the deployer gets its rights.",
    source: PERMISSIONS_PAGE,
    check: ({ callerRights }, report) => {
      const rights = callerRights.map(
        ({ role, scope }) => `${role.name} on the ${kindWords(scope.kind)} "${scope.name}"`,
      );
      if (rights.length > 0) {
        report(
          "access.deployers",
          `The description names no deployer, so no stack grants one anything. The deployer must hold: ${rights.join(", ")}.`,
          "Name the deployer in access.deployers, or make sure that it has these rights.",
        );
      }
    },
  },
];
