// The names of a description, each with its place, for the rules about names. Pure.
import { NAME_RULES, NameRule } from "../spec/naming";
import { allPools } from "../spec/pools";
import { ResolvedSpec, placedIdentities, workloadPath } from "../spec/resolved-spec";
import { ResourceReference } from "../spec/resource-reference";
import { RuleContext } from "./rule";

/** A name with its path and its rule. */
export interface PlacedName {
  readonly path: string;
  readonly value: string;
  readonly rule: NameRule;
}

/** The names of a description; one that others default to stands once, where it was written. */
export function namesOf({ spec, pools, references }: RuleContext): PlacedName[] {
  const { identities, network, permissions } = spec;
  const names = new Map<string, PlacedName>();
  const add = (rule: NameRule, path: string, value: string | undefined): void => {
    const key = `${rule.kind} ${value}`;
    if (value !== undefined && !names.has(key)) {
      names.set(key, { path, value, rule });
    }
  };
  const addSubnet = add.bind(undefined, NAME_RULES.subnet);
  const addGroup = add.bind(undefined, NAME_RULES.resourceGroup);
  const addIdentity = add.bind(undefined, NAME_RULES.identity);
  add(NAME_RULES.cluster, "name", spec.name);
  add(NAME_RULES.location, "location", spec.location);
  add(NAME_RULES.dnsPrefix, "dnsPrefix", spec.dnsPrefix);
  add(NAME_RULES.dnsLabel, "privateDns.fqdnSubdomain", spec.privateDns.fqdnSubdomain);
  add(NAME_RULES.location, "monitoring.location", spec.monitoring.location);
  addGroup("resourceGroup.name", spec.resourceGroup.name);
  addGroup("identities.resourceGroup.name", identities.resourceGroup.name);
  spec.workloads.forEach(({ name }, index) =>
    add(NAME_RULES.workload, workloadPath(index, spec, "name"), name),
  );
  spec.oidcIssuers.forEach(({ name }, index) =>
    add(NAME_RULES.workload, `oidcIssuers.${index}.name`, name),
  );
  for (const { path, identity } of placedIdentities(spec)) {
    addIdentity(`${path}.name`, identity.name);
    addGroup(`${path}.resourceGroup`, identity.resourceGroup);
  }
  addGroup("nodeResourceGroup", spec.nodeResourceGroup);
  addSubnet("network.nodeSubnet", network.nodeSubnet);
  for (const { path, reference, rule } of references) {
    // HAKS-NAME-004 checks an id as a whole.
    if (reference.needsLookup) {
      add(rule, `${path}.name`, reference.name);
      addGroup(`${path}.resourceGroup`, reference.resourceGroup);
    }
  }
  addGroup("backup.snapshotResourceGroup", spec.backup?.snapshotResourceGroup);
  add(NAME_RULES.blobContainer, "backup.blobContainer", spec.backup?.blobContainer);
  add(NAME_RULES.fleetMember, "fleetManager.memberName", spec.fleetManager?.memberName);
  add(NAME_RULES.fleetMember, "fleetManager.updateGroup", spec.fleetManager?.updateGroup);
  spec.flux?.configurations.forEach(
    ({ name, namespaceName, repository, kustomizations }, index) => {
      const path = `flux.configurations.${index}`;
      add(NAME_RULES.fluxName, `${path}.name`, name);
      add(NAME_RULES.namespace, `${path}.namespace`, namespaceName);
      add(NAME_RULES.secret, `${path}.repository.secretName`, repository.secretName);
      kustomizations.forEach((one, at) =>
        add(NAME_RULES.fluxName, `${path}.kustomizations.${at}.name`, one.name),
      );
    },
  );
  permissions.additionalGrants.forEach(({ scope }, index) =>
    addSubnet(`permissions.additionalGrants.${index}.scope`, scope.subnetName),
  );
  addSubnet("network.podNetwork.subnet", network.podNetwork.subnet);
  addSubnet("network.apiServerSubnet", network.apiServerSubnet);
  network.privateLinkPolicies?.subnets?.forEach((name, index) =>
    addSubnet(`network.privateLinkPolicies.subnets.${index}`, name),
  );
  network.loadBalancerSubnets.forEach((name, index) =>
    addSubnet(`network.loadBalancerSubnets.${index}`, name),
  );
  network.subnets.forEach(({ name }, index) => addSubnet(`network.subnets.${index}.name`, name));
  addSubnet("gatewayForContainers.subnet", spec.gatewayForContainers?.subnet);
  for (const { path, name, subnet, podSubnet } of pools) {
    add(NAME_RULES.nodePool, `${path}.name`, name);
    addSubnet(`${path}.subnet`, subnet);
    addSubnet(`${path}.podSubnet`, podSubnet);
  }
  return [...names.values()];
}

/** The names of lists whose items must be unique. */
export function listedNames(spec: ResolvedSpec) {
  const { access, applicationRouting, network, registries, storage } = spec;
  const { publicIps, publicIpPrefixes } = network.egress;
  const named = (kind: string, list: string, names: readonly string[]) =>
    names.map((value, index) => ({ kind, list, value, path: `${list}.${index}` }));
  const resources = (list: string, references: readonly ResourceReference[]) => {
    const names = references.map(({ name, resourceGroup }) => [resourceGroup, name].join("/"));
    return named("resource", list, names);
  };
  const registryNames = registries.map(({ registry }) => registry.name);
  const deployers = access.deployers.map(({ name }) => name);
  return [
    ...allPools(spec).map(({ path, name }) => ({
      kind: "node pool",
      list: "nodePools",
      value: name,
      path: `${path}.name`,
    })),
    ...named("registry", "registries", registryNames),
    ...spec.workloads.map(({ name }, index) => ({
      kind: "workload",
      list: "workloads",
      value: name,
      path: workloadPath(index, spec, "name"),
    })),
    ...spec.oidcIssuers.map(({ name }, index) => ({
      kind: "issuer",
      list: "oidcIssuers",
      value: name,
      path: `oidcIssuers.${index}.name`,
    })),
    ...(spec.flux?.configurations ?? []).flatMap(({ name, kustomizations }, index) => [
      {
        kind: "Flux configuration",
        list: "flux.configurations",
        value: name,
        path: `flux.configurations.${index}.name`,
      },
      ...kustomizations.map((one, at) => ({
        kind: "kustomization",
        list: `flux.configurations.${index}.kustomizations`,
        value: one.name,
        path: `flux.configurations.${index}.kustomizations.${at}.name`,
      })),
    ]),
    ...resources("network.egress.publicIps", publicIps),
    ...resources("network.egress.publicIpPrefixes", publicIpPrefixes),
    ...resources("network.servicePublicIps", network.servicePublicIps),
    ...resources("network.servicePublicIpPrefixes", network.servicePublicIpPrefixes),
    ...resources("storage.disks", storage.disks),
    ...resources("storage.storageAccounts", storage.storageAccounts),
    ...resources("applicationRouting.dnsZones", applicationRouting?.dnsZones ?? []),
    ...resources("applicationRouting.privateDnsZones", applicationRouting?.privateDnsZones ?? []),
    ...named("deployer", "access.deployers", deployers),
  ];
}
