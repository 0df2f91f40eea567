// What follows from the grants, and properties that hold for every description.
import { Lazy, Testing } from "cdktf";
import * as fc from "fast-check";
import {
  AccessReviewDocument,
  ClusterPlan,
  ClusterSpec,
  DiskEncryption,
  Egress,
  ExceptionName,
  KubernetesRole,
  PodNetwork,
  Principal,
  PrivateDns,
  RegistryMode,
  ResourceReference,
  RoleSet,
} from "../../lib";
import { IdentitiesStack, NetworkPermissionsStack } from "../../lib/stacks/stacks-by-team";
import { PlannedGrant } from "../../lib/access/planned-grant";
import { needsOf } from "../../lib/access/feature";
import { FEATURES } from "../../lib/access/features";
import { grantsFor } from "../../lib/access/grant-plan";
import { kubernetesNeeds } from "../../lib/access/kubernetes-access";
import { RESOURCE_TYPES, resourceTypeOf } from "../../lib/access/resource-types";
import { RIGHTS } from "../../lib/access/rights";
import { resolveSpec } from "../../lib/spec/resolved-spec";
import "../property-runs";
import { DEPLOYERS, SMALL, specOf } from "../scenarios";

const enterprise = specOf("enterprise");
const withBuiltIn = { ...enterprise, permissions: { roleSet: RoleSet.builtIn() } };

/** The actions of section 3.2 of the project's facts, and those that Microsoft names for zone and disks. */
const LISTED = [
  ...RIGHTS.subnetJoin.needs,
  ...RIGHTS.networkLink.needs,
  ...RIGHTS.assignIdentity.needs,
  ...RIGHTS.privateDnsZone.needs,
  ...RIGHTS.diskEncryptionSet.needs,
];

function excessOf(review: AccessReviewDocument, principal: string): number | undefined {
  return review.excess.find((entry) => entry.principal === principal)?.excess;
}

describe("the enterprise scenario", () => {
  test("with minimal roles gives the control plane identity nothing that is not listed", () => {
    const review = new ClusterPlan(enterprise).review();
    const own = review.grants.filter(({ principal }) => principal.kind === "controlPlane");
    expect(own).toHaveLength(5);
    for (const { role, effectiveActions, scope } of own) {
      expect(role.actions.filter((action) => !LISTED.includes(action))).toEqual([]);
      expect(effectiveActions).toEqual([...role.actions].sort());
      expect(scope.kind).not.toBe("resourceGroup");
    }
    expect(review.excess.map(({ excess }) => excess)).toEqual(review.excess.map(() => 0));
  });

  test("with built-in roles shows how much is too much, and the way to it", () => {
    const review = new ClusterPlan(withBuiltIn).review();
    expect(excessOf(review, "haks-prod-cp-mi")).toBeGreaterThan(30);
    const paths = review.pathsToNetwork.filter(
      ({ via, role }) => via.length > 0 && role === "Network Contributor",
    );
    expect(paths).toMatchObject([
      {
        principal: "platform-engineers",
        via: ["haks-prod-cp-mi"],
        scope: { kind: "subnet", name: "aks-nodes", parent: "spoke-vnet" },
      },
    ]);
    expect(paths[0]?.actions).toContain("Microsoft.Network/virtualNetworks/subnets/write");
  });

  test("with minimal roles leaves the platform team joining and reading on the virtual network", () => {
    const actions = new ClusterPlan(enterprise)
      .review()
      .pathsToNetwork.filter(({ scope }) => ["subnet", "virtualNetwork"].includes(scope.kind))
      .flatMap((path) => path.actions);
    expect([...new Set(actions)].sort()).toEqual([
      "Microsoft.Network/virtualNetworks/join/action",
      "Microsoft.Network/virtualNetworks/read",
      "Microsoft.Network/virtualNetworks/subnets/join/action",
      "Microsoft.Network/virtualNetworks/subnets/read",
    ]);
  });

  test("gives the kubelet identity pull rights and nothing else", () => {
    const own = new ClusterPlan(enterprise)
      .review()
      .grants.filter(({ principal }) => principal.kind === "kubelet");
    expect(own.map(({ role, scope }) => [role.name, scope.name])).toEqual([
      ["Container Registry Repository Reader", "sharedregistry"],
    ]);
  });
});

describe("effective rights", () => {
  test("go through the control plane identity to the kubelet identity", () => {
    const spec = {
      ...SMALL,
      access: { deployers: [DEPLOYERS] },
      registries: [
        { registry: ResourceReference.byName({ name: "registry", resourceGroup: "rg" }) },
      ],
    };
    const via = new ClusterPlan(spec)
      .review()
      .effectiveRights.filter(({ principal }) => principal === "platform-engineers")
      .map((right) => [...right.via, right.scope.name].join(" > "));
    expect(via).toContain("small-kubelet-mi > registry");
    expect(via).toContain("small-cp-mi > nodes");
    expect(via).toContain("nodes");
    // Without a deployer, only the control plane identity can act as another one.
    const without = new ClusterPlan({ ...spec, access: undefined }).review().effectiveRights;
    expect(
      without.filter((right) => right.via.length > 0).map(({ principal }) => principal),
    ).toEqual(["small-cp-mi"]);
  });

  test("count identities in the cluster's resource group as those of a Contributor there", () => {
    const paths = (spec: ClusterSpec) => new ClusterPlan(spec).review().pathsToNetwork;
    expect(paths({ ...SMALL, identities: undefined })).toContainEqual(
      expect.objectContaining({ principal: "Contributor on cluster-rg", via: ["small-cp-mi"] }),
    );
    expect(paths(SMALL)).toEqual([]);
  });

  test("have no object ids that only Terraform knows", () => {
    const objectId = Lazy.stringValue({ produce: () => "${data.azuread_group.ops.object_id}" });
    const deployers = [Principal.group("ops", objectId), DEPLOYERS];
    const { grants } = new ClusterPlan({ ...SMALL, access: { deployers } }).review();
    const ids = (name: string) =>
      new Set(
        grants.flatMap(({ principal }) => (principal.name === name ? [principal.objectId] : [])),
      );
    expect([...ids("ops")]).toEqual([undefined]);
    expect([...ids(DEPLOYERS.name)]).toEqual([DEPLOYERS.objectId]);
  });

  test("count identities in the cluster's resource group as the deployer's own", () => {
    const spec = { ...SMALL, identities: undefined, access: { deployers: [DEPLOYERS] } };
    const review = new ClusterPlan(spec).review();
    expect(review.pathsToNetwork.some(({ via }) => via.includes("small-cp-mi"))).toBe(true);
  });
});

test("every operation that a right needs is one that its scope has", () => {
  const known = Object.values(RESOURCE_TYPES).flatMap(
    ({ operations = [], dataOperations = [] }) => [...operations, ...dataOperations],
  );
  const needed = Object.values(RIGHTS).flatMap(({ needs }) => needs);
  expect(needed.filter((operation) => !known.includes(operation))).toEqual([]);
});

// Descriptions of every kind: each feature is on or off, lists have any length and order.
const name = fc.stringMatching(/^[a-z][a-z0-9]{4,9}$/);
const reference = fc
  .record({ name, resourceGroup: name })
  .map((found) => ResourceReference.byName(found));
const references = fc.uniqueArray(reference, { maxLength: 3, selector: ({ key }) => key });
const principals = fc
  .uniqueArray(fc.record({ name, group: fc.boolean() }), {
    maxLength: 3,
    selector: (one) => one.name,
  })
  .map((list) =>
    list.map(({ name: who, group }) =>
      group ? Principal.group(who) : Principal.servicePrincipal(who),
    ),
  );
const zoneIn = (resourceGroup: string) =>
  ResourceReference.byName({ name: "privatelink.westeurope.azmk8s.io", resourceGroup });
const KEY = `https://v.vault.azure.net/keys/k/${"1".repeat(32)}`;
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const specs: fc.Arbitrary<ClusterSpec> = fc
  .record({
    podSubnet: optional(name),
    apiServerSubnet: optional(name),
    loadBalancerSubnets: fc.uniqueArray(name, { maxLength: 2 }),
    privateLinkServices: fc.boolean(),
    autoProvisioning: fc.boolean(),
    zoneGroup: optional(name),
    routeTable: optional(reference),
    publicIps: references,
    servicePublicIps: references,
    diskEncryptionSet: optional(reference),
    keyVault: optional(reference),
    capacityReservationGroup: optional(reference),
    disks: references,
    storageAccounts: references,
    registries: references,
    abac: fc.boolean(),
    workspace: optional(reference),
    deployers: principals,
    users: principals,
    minimal: fc.boolean(),
  })
  .map((chosen) => ({
    ...SMALL,
    network: {
      ...SMALL.network,
      podNetwork:
        chosen.podSubnet === undefined
          ? PodNetwork.overlay()
          : PodNetwork.podSubnet(chosen.podSubnet),
      apiServerSubnet: chosen.apiServerSubnet,
      loadBalancerSubnets: chosen.loadBalancerSubnets,
      privateLinkServices: chosen.privateLinkServices,
      privateLinkPolicies: chosen.privateLinkServices ? {} : undefined,
      servicePublicIps: chosen.servicePublicIps,
      egress: chosen.routeTable
        ? Egress.userDefinedRouting(chosen.routeTable)
        : Egress.loadBalancer({ publicIps: chosen.publicIps }),
    },
    privateDns:
      chosen.zoneGroup === undefined
        ? PrivateDns.system()
        : PrivateDns.existingZone(zoneIn(chosen.zoneGroup)),
    nodePools: {
      system: SMALL.nodePools.system,
      user: [
        {
          name: "apps",
          vmSize: "Standard_D4ds_v5",
          capacityReservationGroup: chosen.capacityReservationGroup,
        },
      ],
      // It takes no addresses of a pod subnet.
      autoProvisioning: chosen.autoProvisioning && chosen.podSubnet === undefined,
    },
    diskEncryption: chosen.diskEncryptionSet
      ? DiskEncryption.customerManaged(chosen.diskEncryptionSet)
      : DiskEncryption.platformManaged(),
    kms: chosen.keyVault && { keyVault: chosen.keyVault, keyId: KEY },
    storage: { disks: chosen.disks, storageAccounts: chosen.storageAccounts },
    registries: chosen.registries.map((registry) => ({
      registry,
      mode: chosen.abac ? RegistryMode.ABAC : RegistryMode.CLASSIC,
    })),
    monitoring: { logAnalyticsWorkspace: chosen.workspace },
    exceptions: chosen.workspace
      ? []
      : [{ name: ExceptionName.NO_MONITORING, reason: "Another team does it." }],
    access: {
      deployers: chosen.deployers,
      kubernetes: chosen.users.map((principal) => ({ principal, role: KubernetesRole.READER })),
    },
    permissions: { roleSet: chosen.minimal ? RoleSet.minimal() : RoleSet.builtIn() },
  }));

function breaksNoRule(spec: ClusterSpec): boolean {
  return new ClusterPlan(spec).findings.every(({ severity }) => severity !== "error");
}

/** What a row says, for comparison. */
function facts({ principal, scope, needs }: PlannedGrant): string[] {
  const where = `${scope.kind} ${scope.reference?.key ?? ""} ${scope.name}`;
  return needs.map((operation) => `${principal.name} ${where} ${operation}`);
}

describe("for every description", () => {
  test("scopes are resources, and resource groups for Kubernetes roles and public IPs alone", () => {
    fc.assert(
      fc.property(specs, (spec) => {
        const wide = new ClusterPlan(spec)._grants.filter(({ scope, role }) =>
          scope.kind === "resourceGroup"
            ? !role.name.startsWith("Azure Kubernetes Service ")
            : scope.kind === "publicIpGroup"
              ? role.actions.join() !== "Microsoft.Network/publicIPAddresses/read"
              : !/^Microsoft\.(?!Resources)\w+\/\w+/.test(resourceTypeOf(scope.kind).type),
        );
        expect(wide).toEqual([]);
      }),
    );
  });

  test("only the identities and named principals get roles", () => {
    fc.assert(
      fc.property(specs, (spec) => {
        const listed = [
          "small-cp-mi",
          "small-kubelet-mi",
          ...(spec.access?.deployers ?? []).map((one) => one.name),
          ...(spec.access?.kubernetes ?? []).map((one) => one.principal.name),
        ];
        const others = new ClusterPlan(spec)._grants.filter(
          ({ principal }) => !listed.includes(principal.name),
        );
        expect(others).toEqual([]);
      }),
    );
  });

  test("the plan is the union of the plans of its features", () => {
    fc.assert(
      fc.property(specs, (spec) => {
        const resolved = resolveSpec(spec);
        const whole = new ClusterPlan(spec)._grants.flatMap(facts);
        const parts = [
          kubernetesNeeds(resolved),
          ...FEATURES.map((feature) => needsOf(feature, resolved)),
        ].flatMap((needs) => grantsFor(resolved, needs).flatMap(facts));
        expect([...new Set(whole)].sort()).toEqual([...new Set(parts)].sort());
      }),
    );
  });

  test("removing a feature removes what it needs and nothing else", () => {
    fc.assert(
      fc.property(specs, fc.constantFrom(...FEATURES), (spec, removed) => {
        const resolved = resolveSpec(spec);
        const others = FEATURES.filter((feature) => feature !== removed);
        const needs = [
          ...others.flatMap((feature) => needsOf(feature, resolved)),
          ...kubernetesNeeds(resolved),
        ];
        const before = new Set(new ClusterPlan(spec)._grants.flatMap(facts));
        const after = grantsFor(resolved, needs).flatMap(facts);
        const alone = new Set(grantsFor(resolved, needsOf(removed, resolved)).flatMap(facts));
        expect(after.filter((fact) => !before.has(fact))).toEqual([]);
        const gone = [...before].filter((fact) => !after.includes(fact));
        expect(gone.filter((fact) => !alone.has(fact))).toEqual([]);
      }),
    );
  });

  test("the order of lists does not matter", () => {
    fc.assert(
      fc.property(specs, (spec) => {
        const turned = {
          ...spec,
          registries: [...(spec.registries ?? [])].reverse(),
          storage: {
            disks: [...(spec.storage?.disks ?? [])].reverse(),
            storageAccounts: [...(spec.storage?.storageAccounts ?? [])].reverse(),
          },
          access: {
            deployers: [...(spec.access?.deployers ?? [])].reverse(),
            kubernetes: [...(spec.access?.kubernetes ?? [])].reverse(),
          },
        };
        // Another description, of which all else is the same.
        const { descriptionHash } = new ClusterPlan(turned).review();
        const review = new ClusterPlan(spec).review();
        expect(new ClusterPlan(turned).review()).toEqual({ ...review, descriptionHash });
      }),
    );
  });

  test("addresses are unique, and the kubelet identity pulls and does nothing else", () => {
    fc.assert(
      fc.property(specs, (spec) => {
        const { _grants: grants } = new ClusterPlan(spec);
        expect(new Set(grants.map(({ address }) => address)).size).toBe(grants.length);
        for (const { principal, role } of grants) {
          if (principal.kind === "kubelet") {
            expect(["AcrPull", "Container Registry Repository Reader"]).toContain(role.name);
          }
        }
      }),
    );
  });

  test("minimal roles leave no excess", () => {
    fc.assert(
      fc.property(specs, (spec) => {
        const review = new ClusterPlan({
          ...spec,
          permissions: { roleSet: RoleSet.minimal() },
        }).review();
        const custom = review.grants.filter(({ role }) => role.custom);
        expect(custom.filter(({ excessActions }) => excessActions.length > 0)).toEqual([]);
      }),
    );
  });

  test("the stacks hold a role assignment for each row", () => {
    fc.assert(
      fc.property(specs.filter(breaksNoRule), (spec) => {
        const app = Testing.app();
        const stacks = [
          new IdentitiesStack(app, "identities", { plan: new ClusterPlan(spec) }),
          new NetworkPermissionsStack(app, "network-permissions", { plan: new ClusterPlan(spec) }),
        ];
        const made = stacks.flatMap((stack) => {
          const { resource } = JSON.parse(Testing.synth(stack)) as {
            resource: { azurerm_role_assignment?: object };
          };
          return Object.keys(resource.azurerm_role_assignment ?? {});
        });
        const rows = new ClusterPlan(spec)._grants.map(({ address }) => address);
        expect(made.sort()).toEqual(rows.sort());
      }),
      { numRuns: 3 },
    );
  });
});
