// Rights: what can be granted, by whom, and what cannot be granted before there is a cluster. Pure.
import { GrantPlan } from "../access/grant-plan";
import { PlannedGrant } from "../access/planned-grant";
import { CUSTOM_ROLES } from "../access/rights";
import { CATALOGUE, KUBERNETES_ROLES, PRIVILEGED_ROLES } from "../spec/roles";
import { ownNeed } from "../access/own-needs";
import {
  OWNERS,
  RESOURCE_TYPES,
  ResourceType,
  resourceTypeOf,
  scopeAddress,
} from "../access/resource-types";
import { scopeKey } from "../access/same-assignment";
import { teamWords } from "../access/words";
import { isSameName } from "../spec/naming";
import { ResolvedSpec } from "../spec/resolved-spec";
import { entryOf } from "../spec/tables";
import { references } from "../access/placed-references";
import { KEY_ID, keyMistake } from "./mistakes";
import { Rule, Violation, oneOf } from "./rule";

const ADD_ON_IDENTITIES = "https://learn.microsoft.com/azure/aks/managed-identity-overview";
const LIMITS = "https://learn.microsoft.com/azure/role-based-access-control/troubleshoot-limits";

/** Add-ons that need no rights of anybody. */
const ADD_ONS = ["costAnalysis", "keda", "verticalPodAutoscaler"];

/** Add-ons whose identity AKS makes after the cluster, so that nobody can grant it anything before. */
const LATE_ADD_ONS: { readonly [name: string]: string } = {
  applicationGatewayIngress:
    "Use Application Gateway for Containers, whose controller has a workload identity that exists before",
  nginxIngress:
    "Use the Gateway API of application routing, with a workload identity that exists before",
  virtualNodes: "Use node auto-provisioning, or a user pool that scales from few nodes",
  kubeletKeyVault: "Use the Key Vault provider, which is on, with a workload identity",
};

const lateAddOns: Rule = {
  code: "HAKS-ACC-001",
  severity: "error",
  title: "No add-on needs rights for an identity that exists only after the cluster.",
  source: ADD_ON_IDENTITIES,
  check: ({ addOns }) =>
    addOns.flatMap((name, index): Violation[] => {
      const path = `addOns.${index}`;
      const alternative = entryOf(LATE_ADD_ONS, name);
      if (ADD_ONS.includes(name)) {
        return [];
      }
      return alternative === undefined
        ? [
            {
              path,
              message: `There is no add-on "${name}" here.`,
              remedy: `Use ${ADD_ONS.join(", ")}, or leave it out; what a hardened cluster needs is on without being asked for.`,
            },
          ]
        : [
            {
              path,
              message: `The add-on "${name}" has an identity that AKS makes after the cluster, and somebody would have to give it rights then.`,
              remedy: `${alternative}.`,
            },
          ];
    }),
};

const choices: Rule = {
  code: "HAKS-ACC-002",
  severity: "error",
  title: "Role sets, teams, registry modes and Kubernetes roles are ones that exist.",
  check: (spec) => [
    ...Object.keys(spec.permissions.roleSet.existing).flatMap((key) =>
      oneOf(`permissions.roleSet.existing.${key}`, key, [
        ...CUSTOM_ROLES.flatMap(({ key: known }) => known ?? []),
        ...spec.permissions.ownGrants.flatMap(({ role }) => role.key ?? []),
      ]),
    ),
    ...Object.entries(spec.permissions.grantedBy).flatMap(([kind, team]) => [
      ...oneOf(`permissions.grantedBy.${kind}`, kind, OWNERS),
      ...oneOf(`permissions.grantedBy.${kind}`, team, ["identity", "network"]),
    ]),
    ...spec.registries.flatMap(({ mode }, index) =>
      oneOf(`registries.${index}.mode`, mode, ["classic", "abac"]),
    ),
    ...spec.access.kubernetes.flatMap(({ role }, index) =>
      oneOf(`access.kubernetes.${index}.role`, role, Object.keys(KUBERNETES_ROLES)),
    ),
    ...(spec.kms ? oneOf("kms.network", spec.kms.network, ["Public", "Private"]) : []),
  ],
};

const existingRoles: Rule = {
  code: "HAKS-ACC-008",
  severity: "error",
  title: "A custom role that exists is given by its name, and is not a built-in one.",
  check: ({ permissions: { roleSet } }) =>
    Object.entries(roleSet.existing)
      .filter(([, name]) => name.includes("/") || isBuiltIn(name.trim()) || name !== name.trim())
      .map(([key, name]) => ({
        path: `permissions.roleSet.existing.${key}`,
        message: `"${name}" is not the name of a custom role.`,
        remedy: "Give the name of a custom role that allows what is needed and no more.",
      })),
};

function isBuiltIn(name: string): boolean {
  return [...PRIVILEGED_ROLES, ...CATALOGUE].some((role) => isSameName(role.name, name));
}

const crossedOwners: Rule = {
  code: "HAKS-ACC-009",
  severity: "warning",
  title: "Each team grants on what it owns.",
  check: (spec) => [
    ...Object.entries(spec.permissions.grantedBy).flatMap(([kind, team]) =>
      crossing(
        `permissions.grantedBy.${kind}`,
        kind,
        team,
        entryOf<ResourceType>(RESOURCE_TYPES, kind)?.team,
      ),
    ),
    ...spec.permissions.ownGrants.flatMap((own, index) => {
      const { owner, team } = resourceTypeOf(ownNeed(own, spec).scope.kind);
      const path = `permissions.ownGrants.${index}.team`;
      return crossing(path, owner, own.team, entryOf(spec.permissions.grantedBy, owner) ?? team);
    }),
  ],
};

function crossing(path: string, kind: string, team: string, owner?: string): Violation[] {
  return owner === undefined || owner === team
    ? []
    : [
        {
          path,
          message: `The ${teamWords(team)} grants on the kind "${kind}", which the ${teamWords(owner)} owns otherwise.`,
          remedy: "See to it that both teams know.",
        },
      ];
}

const repositories: Rule = {
  code: "HAKS-ACC-003",
  severity: "error",
  title:
    "Repositories are named for registries in ABAC mode only, and by names that they can have.",
  source:
    "https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions",
  check: ({ registries }) =>
    registries.flatMap(({ registry, mode, repositories: names }, index) => [
      ...(mode === "classic" && names.length > 0
        ? [
            {
              path: `registries.${index}.repositories`,
              message: `The registry "${registry.name}" is in classic mode and cannot tell repositories apart.`,
              remedy: "Use mode abac, which the registry must be in, or leave repositories out.",
            },
          ]
        : []),
      ...names
        .map((name, item) => ({ name, path: `registries.${index}.repositories.${item}` }))
        .filter(({ name }) => !/^[a-z0-9]+([._/-]+[a-z0-9]+)*\/?$/.test(name))
        .map(({ name, path }) => ({
          path,
          message: `"${name}" is not the name of a repository.`,
          remedy:
            "Use lower-case letters, digits, . _ - and /; a / at the end stands for all below.",
        })),
    ]),
};

const privateVault: Rule = {
  code: "HAKS-ACC-004",
  severity: "error",
  title: "KMS with a private vault has API Server VNet Integration, and a key with its version.",
  source: "https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption",
  check: ({ kms, network }) => [
    ...(kms?.network === "Private" && network.apiServerSubnet === undefined
      ? [
          {
            path: "kms.network",
            message: "KMS cannot reach a private vault without API Server VNet Integration.",
            remedy: "Give network.apiServerSubnet, or use a public vault.",
          },
        ]
      : []),
    ...(kms ? keyOf(kms.keyId, kms.keyVault.name) : []),
  ],
};

function keyOf(keyId: string, vault: string): Violation[] {
  const path = "kms.keyId";
  const [, host] = KEY_ID.exec(keyId) ?? [];
  if (host === undefined) {
    return [{ path, ...keyMistake(keyId) }];
  }
  return isSameName(host, vault)
    ? []
    : [
        {
          path,
          message: `The key is in the vault "${host}", and the rights are granted on "${vault}".`,
          remedy: "Name the vault of the key.",
          related: ["kms.keyVault"],
        },
      ];
}

/** Codes of what is wrong only where what is granted is made before the cluster, and not with it. */
export const WRONG_APART: readonly string[] = ["HAKS-ACC-005"];

const lateResourceGroup: Rule = {
  code: "HAKS-ACC-005",
  severity: "error",
  title: "Kubernetes roles are granted on a resource group that exists before the cluster.",
  source: "https://learn.microsoft.com/azure/aks/manage-azure-rbac",
  check: ({ access: { kubernetes: kubernetesAccess }, resourceGroup, identities }) =>
    kubernetesAccess.length > 0 &&
    resourceGroup.create &&
    resourceGroup.name.toLowerCase() !== identities.resourceGroup.name.toLowerCase()
      ? [
          {
            path: "access.kubernetes",
            message: `The resource group "${resourceGroup.name}" is made with the cluster, after Kubernetes roles are granted on it.`,
            remedy: "Let it be made before, and leave resourceGroup.create out.",
            related: ["resourceGroup.create"],
          },
        ]
      : [],
};

/** A tenth of what a subscription holds (4,000 role assignments). */
const MANY_ASSIGNMENTS = 400;

const quotas: Rule = {
  code: "HAKS-ACC-006",
  severity: "warning",
  title: "The role assignments of one cluster are few against the 4,000 of a subscription.",
  source: LIMITS,
  check: (spec) => {
    const { grants } = GrantPlan._ofResolved(spec);
    return grants.length > MANY_ASSIGNMENTS
      ? [
          {
            path: "access",
            message: `The plan has ${grants.length} role assignments, of 4,000 that a subscription can hold.`,
            remedy: "Name groups in the place of single principals.",
          },
        ]
      : [];
  },
};

/** A hundredth of what a tenant holds (5,000 custom roles). */
const MANY_ROLES = 50;

const roleQuota: Rule = {
  code: "HAKS-ACC-007",
  severity: "warning",
  title: "The custom roles of one cluster are few against the 5,000 of a tenant.",
  source: LIMITS,
  check: (spec) => {
    const roles = customRoles(spec);
    return roles > MANY_ROLES
      ? [
          {
            path: "permissions.roleSet",
            message: `The plan makes ${roles} custom roles, of 5,000 that a tenant can hold.`,
            remedy:
              "Make the roles once for all clusters, and name them in permissions.roleSet.existing.",
          },
        ]
      : [];
  },
};

const mixedUp: Rule = {
  code: "HAKS-ACC-013",
  severity: "error",
  title: "What rights are granted on can be told apart by names.",
  source: "https://developer.hashicorp.com/terraform/language/resources/syntax",
  check: (spec) => {
    const { grants } = GrantPlan._ofResolved(spec);
    const first = new Map<string, PlannedGrant>();
    const found = grants.flatMap((grant): Violation[] => {
      const address = scopeAddress(grant.scope);
      const earlier = first.get(address) ?? grant;
      first.set(address, earlier);
      return scopeKey(grant.scope, spec) === scopeKey(earlier.scope, spec)
        ? []
        : [mixUp(spec, grant, earlier)];
    });
    // One pair of names can mix up many rows.
    return found.filter(
      ({ path }, index) => found.findIndex((other) => other.path === path) === index,
    );
  },
};

function mixUp(spec: ResolvedSpec, grant: PlannedGrant, earlier: PlannedGrant): Violation {
  return {
    path: placeOf(spec, grant),
    message: `The names "${earlier.scope.name}" and "${grant.scope.name}" of two resources cannot be told apart in Terraform.`,
    remedy:
      "Leave one of them out, and grant on it in a stack of your own: Terraform addresses are made of these names.",
    related: [placeOf(spec, earlier)],
  };
}

function placeOf(spec: ResolvedSpec, { scope }: PlannedGrant): string {
  const found = references(spec).find(({ reference }) => reference === scope.reference);
  return found?.path ?? "permissions.ownGrants";
}

/** The rules about rights. */
export const ACCESS_RULES: Rule[] = [
  lateAddOns,
  choices,
  repositories,
  privateVault,
  lateResourceGroup,
  quotas,
  roleQuota,
  existingRoles,
  crossedOwners,
  mixedUp,
];

function customRoles(spec: ResolvedSpec): number {
  const { grants } = GrantPlan._ofResolved(spec);
  const made = grants.flatMap(({ role, scope }) =>
    role.key === undefined || spec.permissions.roleSet.existing[role.key] !== undefined
      ? []
      : [`${role.key} ${scope.reference?.resourceGroup ?? ""}`],
  );
  return new Set(made).size;
}
