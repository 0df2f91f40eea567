// The table of features and the table of resource types: no row is forgotten, and nothing is missing by accident.
import { readFileSync } from "node:fs";
import {
  Defender,
  DiskEncryption,
  Egress,
  GrantingTeam,
  GrantPrincipal,
  GrantScope,
  PrincipalType,
  RegistryMode,
  ResourceReference,
  Role,
} from "../../lib";
import { CHECKERS, needsOf } from "../../lib/access/feature";
import { FEATURES, allNeeds } from "../../lib/access/features";
import { REFERENCE_FIELDS, ReferencePathIn, references } from "../../lib/access/placed-references";
import { OWNERS, RESOURCE_TYPES, resourceTypeOf } from "../../lib/access/resource-types";
import { RIGHTS } from "../../lib/access/rights";
import { kindWords } from "../../lib/access/words";
import { ResolvedSpec, resolveSpec } from "../../lib/spec/resolved-spec";
import { pageWithFeatures } from "../../build/docs/permissions";
import { HUB_ZONE, SMALL } from "../scenarios";

const named = (name: string) => ResourceReference.byName({ name, resourceGroup: "other-rg" });
const pool = (name: string) => ({
  capacityReservationGroup: named(`${name}-reservation`),
  hostGroup: named(`${name}-hosts`),
});

/** A description with a resource at every field that points at one. What contradicts is for the rules. */
const FULL = resolveSpec({
  ...SMALL,
  network: {
    ...SMALL.network,
    egress: {
      ...Egress.userDefinedRouting(named("routes")),
      artifactCache: named("cache"),
      publicIps: [named("ip")],
      publicIpPrefixes: [named("prefix")],
    },
    servicePublicIps: [named("first"), named("second")],
    privateLinkPolicies: {
      networkSecurityGroups: [named("nsg")],
      natGateways: [named("nat")],
      routeTables: [named("rt")],
    },
    servicePublicIpPrefixes: [named("first"), named("second")],
  },
  privateDns: HUB_ZONE,
  registries: [
    { registry: named("classic") },
    { registry: named("abac"), mode: RegistryMode.ABAC, repositories: ["web"] },
  ],
  diskEncryption: DiskEncryption.customerManaged(named("des")),
  kms: { keyVault: named("vault"), keyId: "https://vault.vault.azure.net/keys/a/1" },
  monitoring: {
    logAnalyticsWorkspace: named("logs"),
    defender: Defender.inWorkspace(named("security")),
    prometheusWorkspace: named("metrics"),
  },
  storage: { disks: [named("disk")], storageAccounts: [named("account")] },
  applicationRouting: {
    dnsZones: [named("public.example.com")],
    privateDnsZones: [named("private.example.com")],
    keyVaults: [named("certificates")],
  },
  gatewayForContainers: { subnet: "gateway", gateway: named("gateway") },
  keyVaultProvider: { secretVaults: [named("secrets")], certificateVaults: [named("keys")] },
  serviceMesh: {
    revisions: ["asm-1-30"],
    certificateAuthority: { keyVault: named("authority") },
  },
  nodePools: {
    system: { ...SMALL.nodePools.system, ...pool("system") },
    user: ["one", "two"].map((name) => ({ name, vmSize: "Standard_D4ds_v5", ...pool(name) })),
  },
  fleetManager: { fleet: named("fleet") },
  backup: {
    vault: named("backups"),
    snapshotResourceGroup: "snapshots-rg",
    storageAccount: named("backups"),
    blobContainer: "full",
  },
  workloads: [
    {
      name: "shop",
      serviceAccounts: [],
      rights: [
        {
          role: "Reader",
          resourceType: "Microsoft.Network/dnsZones",
          scope: named("shop.example.com"),
          why: "The shop reads the zone.",
        },
      ],
    },
  ],
  permissions: {
    additionalGrants: [
      {
        team: GrantingTeam.NETWORK,
        principal: GrantPrincipal.kubelet(),
        role: Role.READER,
        scope: GrantScope.resource("Microsoft.Network/dnsZones", named("example.com")),
        feature: "external DNS",
        why: "External DNS reads the zone.",
        source: "https://example.com",
      },
    ],
  },
});

/** The path of every resource in a value, found without the table. */
function pathsOf(value: unknown, path: string): string[] {
  if (value instanceof ResourceReference) {
    return [path];
  }
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, item]) =>
        pathsOf(item, path === "" ? key : `${path}.${key}`),
      )
    : [];
}

const withStars = (path: string) => path.replace(/\.\d+(?=\.|$)/g, ".*");
const SENTENCE = /^[A-Z].*[^.]\.$/;

describe.each(FEATURES)("the feature $name", (feature) => {
  test.each(["controlPlane", "kubelet", "deployer"] as const)("says what the %s needs", (who) => {
    const required = feature[who];
    if ("none" in required) {
      expect(required.none).toMatch(SENTENCE);
    } else {
      expect(Object.keys(RIGHTS)).toContain(required.right);
      expect(required.why).toMatch(/^\w.*[^.]\.$/);
    }
  });

  test("has a source, and is needed by a principal", () => {
    expect(feature.source).toMatch(/^https:\/\/\S+\w/);
    const { controlPlane, kubelet, deployer, addOn, workload, backupVault } = feature;
    const all = [controlPlane, kubelet, deployer, addOn ?? workload ?? backupVault ?? { none: "" }];
    expect(all.filter((one) => "right" in one)).not.toEqual([]);
  });
});

describe("a resource that a description points at", () => {
  test("is found at every field, and nowhere else", () => {
    const fields = Object.keys(REFERENCE_FIELDS);
    expect([...new Set(pathsOf(FULL, "").map(withStars))].sort()).toEqual([...fields].sort());
    const found = references(FULL);
    expect(found).toHaveLength(pathsOf(FULL, "").length);
    expect(found.map(({ path }) => path).slice(-6)).toEqual(
      ["system", "user.0", "user.1"].flatMap((place) =>
        ["capacityReservationGroup", "hostGroup"].map((field) => `nodePools.${place}.${field}`),
      ),
    );
  });

  test("has the type that its field asks for, or that is named beside it", () => {
    const types = new Map(references(FULL).map(({ path, type }) => [path, type]));
    expect(types.get("registries.1")).toBe("Microsoft.ContainerRegistry/registries");
    expect(types.get("storage.disks.0")).toBe("Microsoft.Compute/disks");
    expect(types.get("permissions.additionalGrants.0.scope")).toBe("Microsoft.Network/dnsZones");
  });

  test("is a scope of a feature", () => {
    const isMissing = (needs: ReturnType<typeof allNeeds>) =>
      references(FULL)
        .filter(({ reference }) => !needs.some(({ scope }) => scope.reference === reference))
        .map(({ path }) => path);
    const deployed = {
      ...FULL,
      access: { ...FULL.access, deployers: [{ name: "ops", principalType: PrincipalType.GROUP }] },
    };
    const own = [
      // Its resource group is a scope.
      "gatewayForContainers.gateway",
      // Its identity is a principal.
      "backup.vault",
      "permissions.additionalGrants.0.scope",
      "workloads.0.rights.0.scope",
    ];
    expect(isMissing(allNeeds(deployed))).toEqual(own);
    const others = FEATURES.filter(({ name }) => name !== "disk encryption");
    expect(isMissing(others.flatMap((feature) => needsOf(feature, deployed)))).toEqual([
      "diskEncryption.diskEncryptionSet",
      ...own,
    ]);
  });

  test("cannot be forgotten: a field without a row does not compile", () => {
    interface Later extends ResolvedSpec {
      readonly blobs: { readonly containers: ResourceReference[] };
    }
    const path: ReferencePathIn<Later> = "blobs.containers.*";
    // @ts-expect-error: the table has no row for the field.
    const fields: { readonly [field in ReferencePathIn<Later>]: string } = REFERENCE_FIELDS;
    expect(Object.keys(fields)).not.toContain(path);
  });
});

describe("the resource types", () => {
  test("can be told apart by type, by words and in addresses", () => {
    for (const key of ["type", "words", "prefix"] as const) {
      const values = Object.values(RESOURCE_TYPES).map((row) => row[key].toLowerCase());
      // Five rows are about resource groups.
      expect(new Set(values).size).toBe(OWNERS.length - (key === "type" ? 4 : 0));
    }
  });

  test.each(OWNERS)("have operations of %s on it or on what is in it", (owner) => {
    const { type, rightsOn = type, operations = [], team } = resourceTypeOf(owner);
    expect(operations.length).toBeGreaterThan(0);
    expect(new Set(operations).size).toBe(operations.length);
    for (const operation of operations) {
      expect(operation.startsWith(`${rightsOn}/`)).toBe(true);
      // A node resource group holds all types.
      expect(operation).toMatch(/^(\*|[\w./]+)\/(read|write|delete|action)$/);
    }
    expect(team).toBe(rightsOn.startsWith("Microsoft.Network/") ? "network" : "identity");
  });

  test("include those that only a grant names, and are in addresses the same wherever they come from", () => {
    expect(resourceTypeOf("Microsoft.Network/trafficManagerProfiles")).toMatchObject({
      owner: "Microsoft.Network/trafficManagerProfiles",
      team: "network",
      prefix: "traffic-manager-profiles",
    });
    expect(resourceTypeOf("Microsoft.Network/dnsZones")).toMatchObject({
      owner: "dnsZone",
      team: "network",
      prefix: "dns-zones",
    });
    expect(resourceTypeOf("Microsoft.KeyVault/vaults")).toMatchObject({
      owner: "keyVault",
      prefix: "key-vault",
    });
    expect(kindWords("Microsoft.Network/frontDoors")).toBe("Microsoft.Network/frontDoors");
    expect(kindWords("Microsoft.Network/dnsZones")).toBe("DNS zone");
    expect(kindWords("Microsoft.KeyVault/vaults")).toBe("key vault");
    expect(kindWords("kubelet")).toBe("kubelet identity");
  });
});

describe("evidence", () => {
  test.each(FEATURES.map((feature) => [feature.name, feature] as const))(
    "of %s says who checks each right, and where that is written",
    (_, feature) => {
      const { controlPlane, kubelet, deployer, source } = feature;
      const { addOn = kubelet, workload = kubelet, backupVault = kubelet } = feature;
      expect(source).toMatch(/^https:\/\//);
      for (const requirement of [controlPlane, kubelet, deployer, addOn, workload, backupVault]) {
        if ("none" in requirement) {
          expect(requirement.none).toMatch(/^[A-Z].{15,}\.$/);
          continue;
        }
        const { right, evidence } = requirement;
        expect(Object.keys(CHECKERS)).toContain(evidence.checkedBy);
        expect(evidence.source).toMatch(/^https:\/\/[\w.-]+\/\S{5,}$/);
        expect(evidence.note ?? "None.").toMatch(SENTENCE);
        expect(RIGHTS[right].needs.length).toBeGreaterThan(0);
      }
    },
  );

  // Microsoft names Contributor for some of these, which is granted on the snapshots alone.
  test("says where the source names no operations", () => {
    const noted = FEATURES.filter(({ controlPlane, deployer, addOn, workload, backupVault }) =>
      [controlPlane, deployer, addOn ?? workload ?? backupVault ?? controlPlane].some(
        (one) => "right" in one && one.evidence.note !== undefined,
      ),
    );
    expect(noted.map(({ name }) => name)).toEqual([
      "capacity reservation",
      "dedicated hosts",
      "metrics",
      "fleet membership",
      "application routing with DNS zones",
      "application routing with private DNS zones",
      "application routing with key vaults",
      "Application Gateway for Containers",
      "nodes of Application Gateway for Containers",
      "AKS Backup snapshots",
      "AKS Backup of the cluster",
      "AKS Backup storage",
    ]);
  });

  test("covers each feature that a description can turn on", () => {
    const documented = new Set(FEATURES.map(({ name }) => name));
    const features = allNeeds(FULL).map(({ reason }) => reason.feature);
    const others = ["deployment", "Kubernetes access"];
    expect(features.filter((one) => !documented.has(one) && !others.includes(one))).toEqual([]);
  });
});

describe("docs/permissions.md", () => {
  const page = readFileSync("docs/permissions.md", "utf8");

  test("is that of the table", () => {
    expect(page).toBe(pageWithFeatures(page));
    expect(() => pageWithFeatures("# Permissions")).toThrow("no place");
  });

  test("has each feature, with the actions that it needs", () => {
    const lines = page.split("\n");
    for (const { name, controlPlane, kubelet, deployer, ...late } of FEATURES) {
      const { addOn, workload = addOn ?? kubelet, backupVault = kubelet } = late;
      expect(lines.some((line) => line.startsWith(`| ${name} |`))).toBe(true);
      for (const requirement of [controlPlane, kubelet, deployer, workload, backupVault]) {
        const needed = "right" in requirement ? RIGHTS[requirement.right].needs : [];
        const row = lines.find(
          (line) =>
            line.startsWith(`| ${name} |`) && needed.every((need) => line.includes(`\`${need}\``)),
        );
        expect(row).toBeDefined();
      }
    }
  });

  test("counts what the built-in roles give beyond the need", () => {
    expect(page).toMatch(
      /\| node subnet \| deployer \| Network Contributor \| \d\d \| AKS Subnet Join \| 0 \|/,
    );
    expect(page).toMatch(/\| logs \| deployer \| Log Analytics Contributor \| [1-9]\d* \|/);
  });
});
