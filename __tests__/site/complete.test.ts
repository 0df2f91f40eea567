// What the editor proposes and explains, by the schema of the file.
import { complete, explain } from "../../site/worker/complete";

/** Returns the labels that are proposed at the mark, and how the first of them is inserted. */
function proposed(marked: string): { labels: string[]; insert?: string } {
  const offset = marked.indexOf("|");
  const { list = [] } = complete({ text: marked.replace("|", ""), offset }) ?? {};
  return { labels: list.map(({ label }) => label), insert: list[0]?.insert };
}

const labels = (marked: string) => proposed(marked).labels;

test.each([
  ["a field of the file", "name: haks\n|", "network"],
  ["a field of a group", "upgrades:\n  ch|", "channel"],
  ["a field of an alternative", "network:\n  egress:\n    type: loadBalancer\n    |", "publicIps"],
  ["a field of an item", "nodePools:\n  user:\n    - name: apps\n      vm|", "vmSize"],
  ["the first field of an item", "nodePools:\n  user:\n    - |", "name"],
  [
    "a field of a later item",
    "access:\n  deployers:\n    - type: group\n    - type: group\n      na|",
    "name",
  ],
  [
    "a field of an item in the column of its key",
    "access:\n  deployers:\n  - type: group\n    na|",
    "objectId",
  ],
  ["a field above others", "upgrades:\n  |\n  channel: patch\nname: haks\n", "nodeOsChannel"],
  ["a field after a comment", "upgrades:\n# why\n\n  ch|", "channel"],
  ["a choice", "upgrades:\n  channel: pa|", "patch"],
  ["a type", "network:\n  egress:\n    type: |", "natGateway"],
  ["true", "resourceGroup:\n  create: |", "true"],
  ["an example", "network:\n  nodeSubnet: |", "aks-nodes"],
])("proposes %s", (_, marked, label) => {
  expect(labels(marked)).toContain(label);
});

test.each([
  ["a field that is given", "name: haks\nlocation: westeurope\n|", "location"],
  ["a field of another group", "upgrades:\n  |", "egress"],
  [
    "a field of another alternative",
    "network:\n  egress:\n    type: natGateway\n    |",
    "publicIps",
  ],
  ["a field in a comment", "# na|", "name"],
  ["a field within a sentence", "exceptions:\n  - name: runCommand\n    reason: The na|", "name"],
])("does not propose %s", (_, marked, label) => {
  expect(labels(marked)).not.toContain(label);
});

test.each([
  ["text", "na|", "name: "],
  ["a group", "resourceGroup|", "resourceGroup:\n  "],
])("inserts the start of %s", (_, marked, insert) => {
  const offset = marked.indexOf("|");
  const { list = [] } = complete({ text: marked.replace("|", ""), offset }) ?? {};
  expect(list.map((one) => one.insert)).toContain(insert);
});

test("inserts a group with its type, and a list with its first item, below the key", () => {
  const { list = [] } = complete({ text: "network:\n  ", offset: 11 }) ?? {};
  const inserts = list.map(({ insert }) => insert);
  expect(inserts).toContain("egress:\n    type: ");
  expect(inserts).toContain("subnets:\n    - ");
});

test("explains the field at a place, and nothing elsewhere", () => {
  const text = "name: haks\nnetwork:\n  nodeSubnet: aks-nodes # nodes\n";
  const at = text.indexOf("nodeSubnet");
  expect(explain({ text, offset: at + 3 })).toEqual({
    from: at,
    to: at + "nodeSubnet".length,
    path: "network.nodeSubnet",
    words: expect.stringContaining("subnet of the nodes") as string,
  });
  expect(explain({ text, offset: text.indexOf("aks-nodes") })).toBeUndefined();
  expect(explain({ text: "nonsense: 1\n", offset: 2 })).toBeUndefined();
});
