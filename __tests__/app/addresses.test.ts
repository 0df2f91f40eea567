// The table of the address plan.
import { addressTable } from "../../app/addresses/table";
import { ClusterPlan, ClusterSpec, PodNetwork } from "../../lib";
import { SMALL, specOf } from "../scenarios";

const lines = (spec: ClusterSpec) => addressTable(new ClusterPlan(spec).addresses).split("\n");

test("the example of three teams", () => {
  expect(addressTable(new ClusterPlan(specOf("enterprise")).addresses)).toBe(
    [
      "Subnet     Range          What is in it                           Needed  Available  Spare  Further nodes",
      "aks-nodes  10.240.0.0/22  system: 3 nodes and 1 for upgrades           4",
      "                          apps: 20 nodes and 7 for upgrades           27",
      "                          2 frontends of internal load balancers       2",
      "                          private endpoint of the API server           1",
      "                          reserved by Azure                            5",
      "                          all                                         39       1024    985            740",
      "aks-api    10.240.8.0/28  nothing of this cluster                      0         16     16              -",
      "",
      "Pods         10.244.0.0/16, a /24 for each node: 31 needed, 256 available, 225 spare, 169 further nodes",
      "Services     10.245.0.0/16",
      "DNS service  10.245.0.10",
      "",
      "Counted are the most nodes of each pool and those that an upgrade adds, with the most pods on each.",
      "The ranges that are known have room for 169 further nodes, whichever pool gets them all.",
      "",
    ].join("\n"),
  );
});

test("without ranges: how large they must be", () => {
  const text = lines({ ...SMALL, network: { ...SMALL.network, podNetwork: PodNetwork.flat() } });
  expect(text[1]).toMatch(
    /^nodes +\/22 or larger +system: 3 nodes and 1 for upgrades, 110 pods each +444$/,
  );
  expect(text).toContainEqual(expect.stringMatching(/^ +all +896 +\? +\? +\?$/));
  expect(text).toContain("Pods         in the subnets of the nodes");
  expect(text).toContain("The range of nodes is not known: give it in network.subnets.");
  expect(text.join()).not.toContain("have room for");
});

test("a subnet of the pods", () => {
  const podNetwork = PodNetwork.podSubnet("pods");
  const text = lines({ ...SMALL, network: { ...SMALL.network, podNetwork } });
  expect(text).toContain("Pods         in a subnet of their own");
  expect(text).toContainEqual(expect.stringMatching(/^pods +\/21 or larger +pods of system: /));
});

test("nodes of node auto-provisioning are said not to be counted", () => {
  const sentence = "Nodes that node auto-provisioning makes come on top; they are not counted.";
  const nodePools = { ...SMALL.nodePools, autoProvisioning: true };
  expect(lines({ ...SMALL, nodePools })).toContain(sentence);
  expect(lines(SMALL)).not.toContain(sentence);
});
