// HAKS-ACC: rights, and who grants them. Pure.
import { ownGrants, ownNeed } from "../../access/own-needs";
import { OWNERS, RESOURCE_TYPES, ResourceType, resourceTypeOf } from "../../access/resource-types";
import { CUSTOM_ROLES } from "../../access/rights";
import { teamWords } from "../../access/words";
import { KeyVaultNetwork } from "../../spec/data";
import { GrantingTeam } from "../../spec/granting-team";
import { isSameName } from "../../spec/naming";
import { insteadOf } from "../../spec/nearest";
import { RegistryMode } from "../../spec/registry";
import { KUBERNETES_ROLES, builtInNamed } from "../../spec/roles";
import { entryOf } from "../../spec/tables";
import { ADD_ONS, LATE_ADD_ONS } from "../add-ons";
import { Report, reportUnlessOneOf, Rule } from "../rule";
import { KEY_ID, invalidKeyId } from "../texts";

const CUSTOM_ROLE_KEYS = CUSTOM_ROLES.flatMap(({ key }) => key ?? []);

/** The rules about rights, and the teams that grant them. */
export const GRANT_RULES: Rule[] = [
  {
    code: "HAKS-ACC-001",
    title:
      "Add-ons in the list must be known, and need no rights for an identity that AKS creates.",
    source: "https://learn.microsoft.com/azure/aks/managed-identity-overview",
    check: ({ spec }, report) =>
      spec.addOns.forEach((name, index) => {
        const late = entryOf(LATE_ADD_ONS, name);
        if (late !== undefined) {
          const [reason, remedy] = late;
          report(
            `addOns.${index}`,
            `The list does not have the add-on "${name}": ${reason}.`,
            `${remedy}.`,
          );
        } else if (!ADD_ONS.includes(name)) {
          report(
            `addOns.${index}`,
            `Unknown add-on "${name}".`,
            `Use ${insteadOf(name, ADD_ONS)}; those of a hardened cluster are on by default.`,
          );
        }
      }),
  },
  {
    code: "HAKS-ACC-002",
    title: "Role sets, teams, registry modes and Kubernetes roles must be known.",
    check: ({ spec }, report) => {
      const { permissions, registries, access, kms } = spec;
      const ownRoles = ownGrants(spec).flatMap(({ grant }) => grant.role.key ?? []);
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
    code: "HAKS-ACC-008",
    title: "An existing custom role must be given by its name, and must not be a built-in role.",
    check: ({ spec: { permissions } }, report) => {
      for (const [key, name] of Object.entries(permissions.roleSet.existing)) {
        if (name.includes("/") || name !== name.trim() || builtInNamed(name.trim())) {
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
      const { grantedBy } = spec.permissions;
      for (const [kind, team] of Object.entries(grantedBy)) {
        const owner = entryOf<ResourceType>(RESOURCE_TYPES, kind)?.team ?? team;
        reportOtherTeam(report, `permissions.grantedBy.${kind}`, kind, team, owner);
      }
      ownGrants(spec).forEach(({ grant: own, path }) => {
        const { owner: kind, team } = resourceTypeOf(ownNeed(own, spec).scope.kind);
        const at = own.principal.workloadName === undefined ? `${path}.team` : `${path}.grantedBy`;
        reportOtherTeam(report, at, kind, own.team, entryOf(grantedBy, kind) ?? team);
      });
    },
  },
];

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
