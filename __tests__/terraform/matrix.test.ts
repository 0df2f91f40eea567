// Every combination of pod network, data plane, egress and way to the API server: either a rule refuses
// it, or terraform takes it. All that are taken stand in one root module, since terraform takes seconds
// to start and milliseconds to look at one more cluster.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Testing } from "cdktf";
import { Construct } from "constructs";
import {
  ApiServer,
  ClusterIdentities,
  ClusterPlan,
  ClusterSpec,
  DataPlane,
  Egress,
  ExceptionName,
  HardenedCluster,
  PodAllocation,
  PodNetwork,
  PreflightMode,
  PrivateDns,
  ResourceReference,
  TeamStack,
  VirtualNetwork,
} from "../../lib";
import { HUB_ZONE, SMALL } from "../scenarios";
import { newScratch } from "./scratch";
import { TerraformRoot, Validation } from "./terraform";

type Part = Partial<ClusterSpec["network"]>;
const named = (name: string) => ResourceReference.byName({ name, resourceGroup: "network-rg" });
const IPV6 = { podCidr: "fd12:3456:789a::/64", serviceCidr: "fd12:3456:789a:1::/108" };
const OPEN = ApiServer.publicFrom(["203.0.113.0/24"]);
const exceptions = (...names: string[]) => ({
  exceptions: names.map((name) => ({
    name: name as ExceptionName,
    reason: "It is part of this test.",
  })),
});

const POD_NETWORKS: { [name: string]: Part } = {
  overlay: { podNetwork: PodNetwork.overlay() },
  "dual-stack": { podNetwork: PodNetwork.overlay(), ipv6: IPV6 },
  flat: { podNetwork: PodNetwork.flat() },
  dynamic: { podNetwork: PodNetwork.podSubnet("pods") },
  static: { podNetwork: PodNetwork.podSubnet("pods", PodAllocation.STATIC_BLOCK) },
  kubenet: { podNetwork: PodNetwork.kubenet() },
};
const DATA_PLANES: { [name: string]: Part } = {
  cilium: { dataPlane: DataPlane.CILIUM },
  azure: { dataPlane: DataPlane.AZURE },
};
const EGRESSES: { [name: string]: Part } = {
  routes: { egress: Egress.userDefinedRouting() },
  "nat-gateway": { egress: Egress.natGateway() },
  "load-balancer": { egress: Egress.loadBalancer() },
  "own-ips": { egress: Egress.loadBalancer({ publicIps: [named("egress-ip")] }) },
  "own-prefix": { egress: Egress.loadBalancer({ publicIpPrefixes: [named("egress-prefix")] }) },
  isolated: { egress: Egress.none(named("cacheregistry")) },
};
const API_SERVERS: { [name: string]: Partial<ClusterSpec> & { subnet?: string } } = {
  private: { privateDns: PrivateDns.system() },
  "own-zone": { privateDns: HUB_ZONE },
  "no-zone": { privateDns: PrivateDns.none(), ...exceptions("publicFqdn") },
  integrated: { subnet: "api" },
  "integrated-own-zone": { subnet: "api", privateDns: HUB_ZONE },
  "integrated-no-zone": {
    subnet: "api",
    privateDns: PrivateDns.none(),
    ...exceptions("publicFqdn"),
  },
  public: { apiServer: OPEN, ...exceptions("publicApiServer") },
  "public-integrated": { apiServer: OPEN, ...exceptions("publicApiServer"), subnet: "api" },
};

interface Combination {
  readonly name: string;
  readonly spec: ClusterSpec;
  /** Whether Azure or azurerm has no such cluster. */
  readonly impossible: boolean;
}

const COMBINATIONS: Combination[] = Object.entries(POD_NETWORKS).flatMap(([pods, podNetwork]) =>
  Object.entries(DATA_PLANES).flatMap(([plane, dataPlane]) =>
    Object.entries(EGRESSES).flatMap(([way, egress]) =>
      Object.entries(API_SERVERS).map(([api, { subnet, ...apiServer }]): Combination => {
        const name = [pods, plane, way, api].join("-");
        const network = { ...SMALL.network, ...podNetwork, ...dataPlane, ...egress };
        return {
          name,
          spec: { ...SMALL, name, ...apiServer, network: { ...network, apiServerSubnet: subnet } },
          impossible:
            ["static", "kubenet"].includes(pods) ||
            (way === "isolated" && api === "public") ||
            (pods === "dual-stack" && plane === "azure"),
        };
      }),
    ),
  ),
);

const errorsOf = ({ spec }: Combination) =>
  new ClusterPlan(spec).findings.filter(({ severity }) => severity === "error");

test("what cannot be made is refused by a finding with a code, and nothing else is refused", () => {
  expect(COMBINATIONS).toHaveLength(576);
  for (const combination of COMBINATIONS) {
    const codes = errorsOf(combination).map(({ code }) => code);
    expect([combination.name, codes.length > 0]).toEqual([
      combination.name,
      combination.impossible,
    ]);
    for (const code of codes) {
      expect(code).toMatch(/^HAKS-(NET|API)-\d{3}$/);
    }
  }
});

describe("what can be made", () => {
  const possible = COMBINATIONS.filter(({ impossible }) => !impossible);
  let validation: Validation;
  let ofMisspelled: Validation;

  beforeAll(async () => {
    const folder = newScratch();
    const stack = new TeamStack(Testing.app(), "matrix");
    for (const { name, spec } of possible) {
      const place = new Construct(stack, name);
      // The preflight has separate worlds, and would be most of what there is to look at here.
      const preflight = {
        identityGrants: PreflightMode.OFF,
        network: PreflightMode.OFF,
        cluster: PreflightMode.OFF,
      };
      const plan = new ClusterPlan({ ...spec, preflight });
      new HardenedCluster(place, "cluster", {
        plan,
        identities: ClusterIdentities.fromPlan(place, "identities", plan),
        virtualNetwork: VirtualNetwork._fromReference(place, "vnet", spec.network.virtualNetwork),
      });
    }
    const json = Testing.synth(stack, true);
    const root = new TerraformRoot(folder);
    writeFileSync(join(folder, "cdk.tf.json"), json);
    await root.init("-backend=false");
    validation = await root.validate();
    const misspelled = json.replace('"outbound_type": "none"', '"outbound_type": "nowhere"');
    expect(misspelled).not.toBe(json);
    writeFileSync(join(folder, "cdk.tf.json"), misspelled);
    ofMisspelled = await root.validate();
  });

  test("is 329 combinations, and terraform takes all of them", () => {
    expect(possible).toHaveLength(329);
    expect(validation).toMatchObject({ valid: true, diagnostics: [] });
  });

  test("terraform looks at each of them: one wrong value is found", () => {
    expect(ofMisspelled.valid).toBe(false);
    expect(ofMisspelled.diagnostics).toHaveLength(1);
  });
});
