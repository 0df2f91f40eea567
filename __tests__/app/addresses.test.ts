// The table of the address plan.
import { addressTable } from "../../app/addresses/table";
import { ClusterPlan, ClusterSpec, PodNetwork } from "../../lib";
import { SMALL, specOf } from "../scenarios";

const lines = (spec: ClusterSpec) => addressTable(new ClusterPlan(spec).addresses).split("\n");

test("the example of three teams", () => {
  expect(addressTable(new ClusterPlan(specOf("enterprise")).addresses)).toBe(
    [
      "Subnet     Range          Use                                     Needed  Available  Spare  Further nodes",
      "aks-nodes  10.240.0.0/22  system: 3 nodes and 1 for upgrades           4",
      "                          apps: 20 nodes and 7 for upgrades           27",
      "                          2 frontends of internal load balancers       2",
      "                          private endpoint of the API server           1",
      "                          reserved by Azure                            5",
      "                          total                                       39       1024    985            740",
      "aks-api    10.240.8.0/28  not used by this cluster                     0         16     16              -",
      "",
      "Pods         10.244.0.0/16, a /24 for each node: 31 needed, 256 available, 225 spare, 169 further nodes",
      "Services     10.245.0.0/16",
      "DNS service  10.245.0.10",
      "",
      "Needed: the maximum number of nodes in each pool, plus nodes for upgrades, with the maximum number of pods on each.",
      "The known ranges have room for 169 further nodes, regardless of the pool.",
      "",
    ].join("\n"),
  );
});

test("without ranges: how large they must be", () => {
  const text = lines({ ...SMALL, network: { ...SMALL.network, podNetwork: PodNetwork.flat() } });
  expect(text[1]).toMatch(
    /^nodes +\/22 or larger +system: 3 nodes and 1 for upgrades, 110 pods each +444$/,
  );
  expect(text).toContainEqual(expect.stringMatching(/^ +total +896 +\? +\? +\?$/));
  expect(text).toContain("Pods         in the subnets of the nodes");
  expect(text).toContain("The range of nodes is unknown: set it in network.subnets.");
  expect(text.join()).not.toContain("have room for");
});

test("a subnet of the pods", () => {
  const podNetwork = PodNetwork.podSubnet("pods");
  const text = lines({ ...SMALL, network: { ...SMALL.network, podNetwork } });
  expect(text).toContain("Pods         in a separate subnet");
  expect(text).toContain("The ranges of nodes and pods are unknown: set them in network.subnets.");
  expect(text).toContainEqual(expect.stringMatching(/^pods +\/21 or larger +pods of system: /));
});

test("a note says that nodes of node auto-provisioning are not included", () => {
  const sentence =
    "Nodes of node auto-provisioning need additional addresses, which are not included.";
  const nodePools = { ...SMALL.nodePools, autoProvisioning: true };
  expect(lines({ ...SMALL, nodePools })).toContain(sentence);
  expect(lines(SMALL)).not.toContain(sentence);
});
