// HAKS-ACC: rights, who grants them, and what cannot be granted before there is a cluster. Pure.
import { ownNeed } from "../access/own-needs";
import { PlannedGrant } from "../access/planned-grant";
import { CUSTOM_ROLES } from "../access/rights";
import { scopeKey } from "../access/same-assignment";
import {
  OWNERS,
  RESOURCE_TYPES,
  ResourceType,
  resourceTypeOf,
  scopeAddress,
} from "../access/resource-types";
import { teamWords } from "../access/words";
import { KeyVaultNetwork } from "../spec/data";
import { GrantingTeam } from "../spec/granting-team";
import { isSameName } from "../spec/naming";
import { RegistryMode } from "../spec/registry";
import { ResolvedSpec } from "../spec/resolved-spec";
import { CATALOGUE, KUBERNETES_ROLES } from "../spec/roles";
import { entryOf } from "../spec/tables";
import { references } from "../access/placed-references";
import { ADD_ONS, LATE_ADD_ONS } from "./add-ons";
import { Report, Rule, hasException, reportUnlessOneOf } from "./rule";
import { KEY_ID, invalidKeyId } from "./texts";

const LIMITS = "https://learn.microsoft.com/azure/role-based-access-control/troubleshoot-limits";
const ENTRA = "https://learn.microsoft.com/azure/aks/entra-id-authorization";

const CUSTOM_ROLE_KEYS = CUSTOM_ROLES.flatMap(({ key }) => key ?? []);

/** Longest condition of a role assignment, in characters. */
const CONDITION_SIZE = 8192;

/** A tenth of the 4,000 role assignments of a subscription, a hundredth of the 5,000 custom roles of a tenant. */
const [MANY_ASSIGNMENTS, MANY_ROLES] = [400, 50];

/** The rules about rights. */
export const ACC_RULES: Rule[] = [
  {
    code: "HAKS-ACC-001",
    title: "Add-ons must be known, and must not need rights for an identity that AKS creates.",
    source: "https://learn.microsoft.com/azure/aks/managed-identity-overview",
    check: ({ spec }, report) =>
      spec.addOns.forEach((name, index) => {
        const alternative = entryOf(LATE_ADD_ONS, name);
        if (alternative !== undefined) {
          report(
            `addOns.${index}`,
            `AKS creates the identity of the add-on "${name}" after the cluster, when no team can grant it rights.`,
            `${alternative}.`,
          );
        } else if (!ADD_ONS.includes(name)) {
          report(
            `addOns.${index}`,
            `Unknown add-on "${name}".`,
            `Use ${ADD_ONS.join(", ")}, or leave it out; the add-ons of a hardened cluster are on by default.`,
          );
        }
      }),
  },
  {
    code: "HAKS-ACC-002",
    title: "Role sets, teams, registry modes and Kubernetes roles must be known.",
    check: ({ spec }, report) => {
      const { permissions, registries, access, kms } = spec;
      const ownRoles = permissions.additionalGrants.flatMap(({ role }) => role.key ?? []);
      for (const key of Object.keys(permissions.roleSet.existing)) {
        const path = `permissions.roleSet.existing.${key}`;
        reportUnlessOneOf(report, path, key, [...CUSTOM_ROLE_KEYS, ...ownRoles]);
      }
      for (const [kind, team] of Object.entries(permissions.grantedBy)) {
        reportUnlessOneOf(report, `permissions.grantedBy.${kind}`, kind, OWNERS);
        reportUnlessOneOf(report, `permissions.grantedBy.${kind}`, team, GrantingTeam);
      }
      registries.forEach(({ mode }, index) =>
        reportUnlessOneOf(report, `registries.${index}.mode`, mode, RegistryMode),
      );
      access.kubernetes.forEach(({ role }, index) => {
        const path = `access.kubernetes.${index}.role`;
        reportUnlessOneOf(report, path, role, Object.keys(KUBERNETES_ROLES));
      });
      if (kms) {
        reportUnlessOneOf(report, "kms.network", kms.network, KeyVaultNetwork);
      }
    },
  },
  {
    code: "HAKS-ACC-003",
    title: "Repositories must have valid names, and must be in a registry with the mode abac.",
    source:
      "https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions",
    check: ({ spec }, report) =>
      spec.registries.forEach(({ registry, mode, repositories }, index) => {
        const path = `registries.${index}.repositories`;
        if (mode === "classic" && repositories.length > 0) {
          report(
            path,
            `The registry "${registry.name}" is in classic mode and cannot tell repositories apart.`,
            "Use the mode abac, if the registry has it, or leave repositories out.",
          );
        }
        repositories.forEach((name, item) => {
          if (!/^[a-z0-9]+([._/-]+[a-z0-9]+)*\/?$/.test(name)) {
            report(
              `${path}.${item}`,
              `"${name}" is not the name of a repository.`,
              "Use lower-case letters, digits, . _ - and /; a / at the end stands for all repositories below it.",
            );
          }
        });
      }),
  },
  {
    code: "HAKS-ACC-004",
    title:
      "KMS must have a key with a version and, with a private vault, API Server VNet Integration.",
    source: "https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption",
    check: ({ spec: { kms, network } }, report) => {
      if (!kms) {
        return;
      }
      if (kms.network === "Private" && network.apiServerSubnet === undefined) {
        report(
          "kms.network",
          "KMS cannot reach a private vault without API Server VNet Integration.",
          "Give network.apiServerSubnet, or use a public vault.",
        );
      }
      const [, vault] = KEY_ID.exec(kms.keyId) ?? [];
      if (vault === undefined) {
        report("kms.keyId", ...invalidKeyId(kms.keyId));
      } else if (!isSameName(vault, kms.keyVault.name)) {
        report(
          "kms.keyId",
          `The key is in the vault "${vault}", and the rights are granted on "${kms.keyVault.name}".`,
          "Name the vault of the key.",
          "kms.keyVault",
        );
      }
    },
  },
  {
    code: "HAKS-ACC-005",
    onlyApart: true,
    title: "Kubernetes roles must be granted on a resource group that exists before the cluster.",
    source: "https://learn.microsoft.com/azure/aks/manage-azure-rbac",
    check: ({ spec: { access, resourceGroup, identities } }, report) => {
      const isOneGroup = isSameName(resourceGroup.name, identities.resourceGroup.name);
      if (access.kubernetes.length > 0 && resourceGroup.create && !isOneGroup) {
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
    code: "HAKS-ACC-006",
    severity: "warning",
    title: `A cluster should have at most ${MANY_ASSIGNMENTS} of the 4,000 role assignments of a subscription.`,
    source: LIMITS,
    check: ({ grants }, report) => {
      if (grants.length > MANY_ASSIGNMENTS) {
        report(
          "access",
          `The cluster needs ${grants.length} role assignments, and a subscription can have 4,000.`,
          "Name groups instead of single principals.",
        );
      }
    },
  },
  {
    code: "HAKS-ACC-007",
    severity: "warning",
    title: `A cluster should have at most ${MANY_ROLES} of the 5,000 custom roles of a tenant.`,
    source: LIMITS,
    check: ({ spec: { permissions }, grants }, report) => {
      const roles = new Set<string>();
      for (const { role, scope } of grants) {
        if (role.key !== undefined && permissions.roleSet.existing[role.key] === undefined) {
          roles.add(`${role.key} ${scope.reference?.resourceGroup ?? ""}`);
        }
      }
      if (roles.size > MANY_ROLES) {
        report(
          "permissions.roleSet",
          `The stacks create ${roles.size} custom roles, and a tenant can have 5,000.`,
          "Create the roles once for all clusters, and name them in permissions.roleSet.existing.",
        );
      }
    },
  },
  {
    code: "HAKS-ACC-008",
    title: "An existing custom role must be given by its name, and must not be a built-in role.",
    check: ({ spec: { permissions } }, report) => {
      for (const [key, name] of Object.entries(permissions.roleSet.existing)) {
        if (name.includes("/") || name !== name.trim() || isBuiltIn(name.trim())) {
          report(
            `permissions.roleSet.existing.${key}`,
            `"${name}" is not the name of a custom role.`,
            "Give the name of a custom role that allows what is needed and no more.",
          );
        }
      }
    },
  },
  {
    code: "HAKS-ACC-009",
    severity: "warning",
    title: "A team should grant roles only on resources that it owns.",
    check: ({ spec }, report) => {
      const { grantedBy, additionalGrants } = spec.permissions;
      for (const [kind, team] of Object.entries(grantedBy)) {
        const owner = entryOf<ResourceType>(RESOURCE_TYPES, kind)?.team ?? team;
        reportOtherTeam(report, `permissions.grantedBy.${kind}`, kind, team, owner);
      }
      additionalGrants.forEach((own, index) => {
        const { owner: kind, team } = resourceTypeOf(ownNeed(own, spec).scope.kind);
        const at = `permissions.additionalGrants.${index}.team`;
        reportOtherTeam(report, at, kind, own.team, entryOf(grantedBy, kind) ?? team);
      });
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
      "Administrators of Kubernetes should have a role assignment, and not be in access.adminGroups.",
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
    code: "HAKS-ACC-013",
    title: "Resources that rights are granted on must have distinct Terraform addresses.",
    source: "https://developer.hashicorp.com/terraform/language/resources/syntax",
    check: ({ spec, grants }, report) => {
      const byAddress = new Map<string, PlannedGrant["scope"]>();
      const reported = new Set<string>();
      for (const { scope } of grants) {
        const address = scopeAddress(scope);
        const earlier = byAddress.get(address) ?? scope;
        byAddress.set(address, earlier);
        if (scopeKey(scope, spec) === scopeKey(earlier, spec)) {
          continue;
        }
        // One pair of names can mix up many rows.
        const path = pathOf(spec, scope);
        if (!reported.has(path)) {
          reported.add(path);
          report(
            path,
            `The names "${earlier.name}" and "${scope.name}" of two resources give the same Terraform address.`,
            "Leave one of them out, and grant on it in another stack: Terraform addresses are made of these names.",
            pathOf(spec, earlier),
          );
        }
      }
    },
  },
  {
    code: "HAKS-ACC-014",
    title: "The condition of a role assignment must have at most 8 KB.",
    source: LIMITS,
    check: ({ spec, grants }, report) => {
      for (const { condition = "", scope } of grants) {
        if (condition.length > CONDITION_SIZE) {
          report(
            pathOf(spec, scope),
            `The condition on "${scope.name}" has ${condition.length} characters.`,
            `Name fewer repositories, or prefixes that end in /: a condition has at most ${CONDITION_SIZE} characters.`,
          );
        }
      }
    },
  },
];

function isBuiltIn(name: string): boolean {
  return CATALOGUE.some((role) => isSameName(role.name, name));
}

function reportOtherTeam(
  report: Report,
  path: string,
  kind: string,
  team: string,
  owner: string,
): void {
  if (owner !== team) {
    report(
      path,
      `The ${teamWords(team)} grants on the kind "${kind}", which the ${teamWords(owner)} owns by default.`,
      "Make sure that both teams know.",
    );
  }
}

function pathOf(spec: ResolvedSpec, scope: PlannedGrant["scope"]): string {
  const found = references(spec).find(({ reference }) => reference === scope.reference);
  return found?.path ?? "permissions.additionalGrants";
}
