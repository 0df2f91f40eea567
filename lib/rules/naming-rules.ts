// Names and identifiers: what Azure accepts, and no two of a kind alike. Pure.
import { NAME_RULES, NameRule } from "../spec/naming";
import { hasToken, isKnown } from "../spec/known";
import { isGuid, parseResourceId } from "../spec/resource-id";
import { allPools } from "../spec/pools";
import { ResolvedSpec } from "../spec/resolved-spec";
import { ResourceReference } from "../spec/resource-reference";
import { TAG_LENGTH, TAG_NAME, guidMistake, idMistake, nameMistake, tagMistake } from "./mistakes";
import { references } from "../access/placed-references";
import { isWideType } from "./own-grant-check";
import { Rule, Violation } from "./rule";

const NAMES =
  "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules";

/** A value in a description, and where it stands. */
interface Placed {
  readonly path: string;
  readonly value: string;
}

// A name may hold what looks like an expression: it is written as it is.
const isSaid = ({ value }: Placed): boolean => !hasToken(value);

const badNames: Rule = {
  code: "HAKS-NAME-001",
  severity: "error",
  title: "Names are such as Azure accepts.",
  source: NAMES,
  check: (spec) =>
    namesOf(spec)
      .filter(isSaid)
      .filter(({ value, rule }) => !rule.pattern.test(value))
      .map(({ path, value, rule }) => ({
        path,
        ...nameMistake(value, rule),
      })),
};

const lateNames: Rule = {
  code: "HAKS-NAME-009",
  severity: "error",
  title: "Names are known before Terraform runs: addresses are made of them.",
  source: "https://developer.hashicorp.com/terraform/language/resources/syntax",
  check: (spec) =>
    [...namesOf(spec), ...principalNames(spec)]
      .filter((one) => !isSaid(one) && one.rule !== NAME_RULES.location)
      .map(({ path }) => ({
        path,
        message: "The name is known only to Terraform, or when it runs.",
        remedy: path.endsWith("resourceGroup.name")
          ? "Write the name out, and let the stack make the group: create."
          : "Write the name out. What the same program makes, give by its id: ResourceReference.byId with the name as second argument.",
      })),
};

const duplicateNames: Rule = {
  code: "HAKS-NAME-002",
  severity: "error",
  title: "No two node pools, registries or principals are the same.",
  check: (spec) => [
    ...duplicates(
      allPools(spec).map((pool) => ({ path: `${pool.path}.name`, value: pool.name })),
      "node pool",
    ),
    ...duplicates(
      spec.registries.map(({ registry }, index) => ({
        path: `registries.${index}`,
        value: registry.name,
      })),
      "registry",
    ),
    ...[
      ["network.egress.publicIps", spec.network.egress.publicIps] as const,
      ["network.egress.publicIpPrefixes", spec.network.egress.publicIpPrefixes] as const,
      ["network.servicePublicIps", spec.network.servicePublicIps] as const,
      ["storage.disks", spec.storage.disks] as const,
      ["storage.storageAccounts", spec.storage.storageAccounts] as const,
    ].flatMap(([path, list]) =>
      duplicates(
        list.map(({ name, resourceGroup }, index) => ({
          path: `${path}.${index}`,
          value: [resourceGroup, name].join("/"),
        })),
        "resource",
      ),
    ),
    ...duplicates(
      spec.access.deployers.map((deployer, index) => ({
        path: `access.deployers.${index}`,
        value: deployer.name,
      })),
      "deployer",
    ),
  ],
};

const badGuids: Rule = {
  code: "HAKS-NAME-003",
  severity: "error",
  title: "Object, client, tenant and subscription ids are GUIDs.",
  check: (spec) =>
    guidsOf(spec)
      .filter(isSaid)
      .filter(({ value }) => !isGuid(value))
      .map(({ path, value }) => ({
        path,
        ...guidMistake(value),
      })),
};

const wrongTypes: Rule = {
  code: "HAKS-NAME-004",
  severity: "error",
  title: "Resource ids are of the type that their place asks for.",
  check: (spec) =>
    idsOf(spec)
      .filter(({ value }) => isKnown(value))
      // What is wider than a resource is for another rule.
      .filter(({ type }) => !isWideType(type))
      .filter(
        ({ value, type }) => parseResourceId(value)?.type.toLowerCase() !== type.toLowerCase(),
      )
      .map(({ path, value, type }) => ({
        path,
        ...idMistake(value, type),
      })),
};

/** Most tags of a resource of AKS. */
const MOST_TAGS = 50;

const badTags: Rule = {
  code: "HAKS-NAME-008",
  severity: "error",
  title: "Tags are ones that Azure takes: at most 50, with names without < > % & \\ ? and /.",
  source: "https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources",
  check: ({ tags = {} }) => [
    ...(Object.keys(tags).length > MOST_TAGS
      ? [
          {
            path: "tags",
            message: `There are ${Object.keys(tags).length} tags.`,
            remedy: `Use at most ${MOST_TAGS}.`,
          },
        ]
      : []),
    ...Object.entries(tags)
      .filter(([name, value]) => !TAG_NAME.test(name) || value.length > TAG_LENGTH)
      .map(([name, value]) => ({ path: `tags.${name}`, ...tagMistake(`${name}: ${value}`) })),
  ],
};

/** The rules about names. */
export const NAMING_RULES: Rule[] = [
  badNames,
  lateNames,
  duplicateNames,
  badGuids,
  wrongTypes,
  badTags,
];

interface NamedThing extends Placed {
  /** Absent if Azure takes every name. */
  readonly rule?: NameRule;
}

function namesOf(spec: ResolvedSpec): (Placed & { rule: NameRule })[] {
  const { identities, network } = spec;
  const names: [string, string | undefined, NameRule][] = [
    ["name", spec.name, NAME_RULES.cluster],
    ["location", spec.location, NAME_RULES.location],
    ["monitoring.location", spec.monitoring.location, NAME_RULES.location],
    ["resourceGroup.name", spec.resourceGroup.name, NAME_RULES.resourceGroup],
    ["identities.resourceGroup.name", identities.resourceGroup.name, NAME_RULES.resourceGroup],
    ["identities.controlPlane.name", identities.controlPlane.name, NAME_RULES.identity],
    ["identities.kubelet.name", identities.kubelet.name, NAME_RULES.identity],
    ["network.nodeSubnet", network.nodeSubnet, NAME_RULES.subnet],
    ...references(spec).flatMap(({ path, reference, rule }) =>
      referenceNames(path, reference, rule),
    ),
    ...subnetNames(spec),
    ...allPools(spec).flatMap((pool): [string, string, NameRule][] => [
      [`${pool.path}.name`, pool.name, NAME_RULES.nodePool],
      [`${pool.path}.subnet`, pool.subnet, NAME_RULES.subnet],
    ]),
  ];
  // A value that is only the default of another one is reported once, where it was written.
  const seen = new Set<string>();
  return names.flatMap(([path, value, rule]) => {
    const key = `${rule.kind} ${value}`;
    if (value === undefined || seen.has(key)) {
      return [];
    }
    seen.add(key);
    return [{ path, value, rule }];
  });
}

function principalNames({
  access: { deployers, kubernetes: kubernetesAccess },
  permissions: { ownGrants },
}: ResolvedSpec): NamedThing[] {
  const names: [string, string | undefined][] = [
    ...deployers.map(({ name }, index): [string, string] => [
      `access.deployers.${index}.name`,
      name,
    ]),
    ...kubernetesAccess.map(({ principal }, index): [string, string] => [
      `access.kubernetes.${index}.name`,
      principal.name,
    ]),
    ...ownGrants.map(({ principal }, index): [string, string | undefined] => [
      `permissions.ownGrants.${index}.principal.name`,
      principal.principal?.name,
    ]),
  ];
  return names.flatMap(([path, value]) => (value === undefined ? [] : [{ path, value }]));
}

function referenceNames(
  path: string,
  reference: ResourceReference,
  rule: NameRule,
): [string, string | undefined, NameRule][] {
  // An id that was given is checked as a whole, by its type.
  return reference.needsLookup
    ? [
        [`${path}.name`, reference.name, rule],
        [`${path}.resourceGroup`, reference.resourceGroup, NAME_RULES.resourceGroup],
      ]
    : [];
}

function guidsOf(spec: ResolvedSpec): Placed[] {
  const { controlPlane, kubelet } = spec.identities;
  const guids: [string, string | undefined][] = [
    ["tenantId", spec.tenantId],
    ["identities.controlPlane.ids.principalId", controlPlane.ids?.principalId],
    ["identities.controlPlane.ids.clientId", controlPlane.ids?.clientId],
    ["identities.kubelet.ids.principalId", kubelet.ids?.principalId],
    ["identities.kubelet.ids.clientId", kubelet.ids?.clientId],
    ...spec.access.deployers.map((deployer, index): [string, string | undefined] => [
      `access.deployers.${index}.objectId`,
      deployer.objectId,
    ]),
    ...spec.access.kubernetes.map(({ principal }, index): [string, string | undefined] => [
      `access.kubernetes.${index}.objectId`,
      principal.objectId,
    ]),
    ...spec.permissions.ownGrants.map(({ principal }, index): [string, string | undefined] => [
      `permissions.ownGrants.${index}.principal.objectId`,
      principal.principal?.objectId,
    ]),
    ...references(spec).map(({ path, reference }): [string, string | undefined] => [
      `${path}.subscriptionId`,
      reference.needsLookup ? reference.subscriptionId : undefined,
    ]),
  ];
  return guids.flatMap(([path, value]) => (value === undefined ? [] : [{ path, value }]));
}

function idsOf(spec: ResolvedSpec): (Placed & { type: string })[] {
  const { controlPlane, kubelet } = spec.identities;
  const identityType = "Microsoft.ManagedIdentity/userAssignedIdentities";
  const ids: [string, string | undefined, string][] = [
    ["identities.controlPlane.ids.id", controlPlane.ids?.id, identityType],
    ["identities.kubelet.ids.id", kubelet.ids?.id, identityType],
    ...references(spec).map(({ path, reference, type }): [string, string | undefined, string] => [
      `${path}.id`,
      reference.id,
      type,
    ]),
  ];
  return ids.flatMap(([path, value, type]) => (value === undefined ? [] : [{ path, value, type }]));
}

function subnetNames(spec: ResolvedSpec): [string, string | undefined, NameRule][] {
  const {
    network,
    permissions: { ownGrants },
  } = spec;
  return [
    ...ownGrants.map(({ scope }, index): [string, string | undefined, NameRule] => [
      `permissions.ownGrants.${index}.scope`,
      scope.subnetName,
      NAME_RULES.subnet,
    ]),
    ["network.podNetwork.subnet", network.podNetwork.subnet, NAME_RULES.subnet],
    ["network.apiServerSubnet", network.apiServerSubnet, NAME_RULES.subnet],
    ...network.loadBalancerSubnets.map((name, index): [string, string, NameRule] => [
      `network.loadBalancerSubnets.${index}`,
      name,
      NAME_RULES.subnet,
    ]),
    ...network.subnets.map(({ name }, index): [string, string, NameRule] => [
      `network.subnets.${index}.name`,
      name,
      NAME_RULES.subnet,
    ]),
  ];
}

function duplicates(items: Placed[], kind: string): Violation[] {
  const first = new Map<string, Placed>();
  return items.flatMap((item) => {
    const key = item.value.toLowerCase();
    const earlier = first.get(key);
    if (!earlier) {
      first.set(key, item);
      return [];
    }
    return [
      {
        path: item.path,
        message: `The ${kind} "${item.value}" is there twice.`,
        remedy: `Remove it, or give it another name.`,
        related: [earlier.path],
      },
    ];
  });
}
