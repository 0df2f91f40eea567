// Clusters that exist, from exports made by hand: the description and the report of each.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { main } from "../../../app/cli/main";
import { parseConfiguration } from "../../../app/config/configuration";
import { discover } from "../../../app/discover/discover";
import { readExports } from "../../../app/discover/read-folder";
import { discoverFiles } from "../../../app/discover/write";
import { allStacksOf, inScratch, once, render, textOf } from "../../scenarios";

/** The exports made by hand. */
const NAMES = [
  "service-principal",
  "system-assigned",
  "kubelet-made",
  "brought",
  "private-hub-zone",
  "everything",
];

const READER =
  "/subscriptions/22222222-2222-4222-8222-222222222222/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7";
const ASSIGNMENT =
  "providers/Microsoft.Authorization/roleAssignments/aaaaaaaa-0000-4000-8000-000000000099";

const folderOf = (name: string) => join("__tests__", "app", "discover", name, "exports");

const discovered = Object.fromEntries(
  NAMES.map((name) => [name, once(() => discover(readExports(folderOf(name)), folderOf(name)))]),
);

const found = (name: string) => discovered[name]!();

describe.each(NAMES)("the cluster of %s", (name) => {
  test("has this description, without errors", () => {
    expect(found(name).text).toMatchSnapshot();
    expect(found(name).findings.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("has stacks, with the cluster as it is", () => {
    const { spec } = parseConfiguration("haks.yaml", found(name).text);
    const [, , stack] = allStacksOf(spec).map(render);
    const [cluster] = Object.values(stack!.resource!.azurerm_kubernetes_cluster!);
    const { cluster: made, location } = found(name).report;
    expect(cluster).toMatchObject({ name: made, location });
  });

  test("has this report", () => {
    const [, markdown] = discoverFiles(found(name));
    expect(markdown![1]).toMatchSnapshot();
  });

  test("has a page with all facts of the report, which needs nothing else", () => {
    const [, , [, page] = ["", ""]] = discoverFiles(found(name));
    const { report } = found(name);
    expect(page.match(/<tr>/g)?.length).toBeGreaterThanOrEqual(report.rights.length);
    expect(page).toContain(`<h1>The cluster ${report.cluster} as it is</h1>`);
    expect(page).not.toMatch(/<script|src=|https?:\/\/(?!proxy)/);
  });
});

describe("a description", () => {
  test("has an exception for each weak setting that it can keep, and a reason to replace", () => {
    for (const name of NAMES) {
      const { text, report } = found(name);
      const { exceptions = [] } = parse(text) as {
        exceptions?: { name: string; reason: string }[];
      };
      const kept = report.weaker.flatMap(({ exception }) => exception ?? []);
      expect(exceptions.map((one) => one.name).sort()).toEqual([...new Set(kept)].sort());
      expect(new Set(exceptions.map(({ reason }) => reason)).size).toBeLessThanOrEqual(1);
    }
  });

  test("keeps what Terraform would replace the cluster for", () => {
    expect(parse(found("service-principal").text)).toMatchObject({
      dnsPrefix: "legacy-legacy-rg-222222",
      nodePools: { system: { name: "nodepool1" } },
      overrides: { cluster: { linux_profile: { admin_username: "azureuser" } } },
    });
  });

  test("leaves identities in another region than the cluster to their team", () => {
    const existing = (name: string) => {
      const { identities } = parse(found(name).text) as {
        identities: { [kind: string]: { existing?: boolean } | undefined };
      };
      return ["controlPlane", "kubelet"].map((kind) => identities[kind]?.existing);
    };
    expect(existing("everything")).toEqual([true, true]);
    expect(existing("brought")).toEqual([undefined, undefined]);
  });

  test("has no field that is the default anyway", () => {
    const { network, upgrades, apiServer } = parse(found("brought").text) as {
      [field: string]: unknown;
    };
    expect({ network, upgrades, apiServer }).toEqual({
      network: {
        virtualNetwork: { name: "spoke-vnet", resourceGroup: "network-rg" },
        nodeSubnet: "billing-nodes",
        subnets: [{ name: "billing-nodes", cidr: "10.240.16.0/23" }],
        egress: { type: "loadBalancer" },
      },
    });
  });
});

describe("a report", () => {
  test("knows which identity a cluster has", () => {
    const kinds = NAMES.map((name) => {
      const { controlPlane, kubelet } = found(name).report;
      return [name, controlPlane.kind, kubelet.kind, controlPlane.secretEnds];
    });
    expect(kinds).toEqual([
      ["service-principal", "servicePrincipal", "servicePrincipal", "2027-01-15T10:00:00Z"],
      ["system-assigned", "systemAssigned", "madeByAks", undefined],
      ["kubelet-made", "userAssigned", "madeByAks", undefined],
      ["brought", "userAssigned", "brought", undefined],
      ["private-hub-zone", "userAssigned", "brought", undefined],
      ["everything", "userAssigned", "brought", undefined],
    ]);
  });

  test("counts a role on data only where it allows data", () => {
    const right = found("everything").report.rights.find(
      ({ role }) => role === "Key Vault Crypto User",
    );
    // Contributor on the subscription allows no data.
    expect(right).toMatchObject({ status: "has", by: [{ role: "Key Vault Crypto User" }] });
  });

  test("takes a custom role for what its definition allows", () => {
    const status = (name: string, from: string) =>
      discover(readExports(from), name).report.rights.find(({ role }) => role === "AKS Subnet Join")
        ?.status;
    expect(status("known", folderOf("private-hub-zone"))).toBe("has");
    inScratch((folder) => {
      for (const file of ["cluster", "node-pools", "role-assignments-spoke"]) {
        const text = textOf(folderOf("private-hub-zone"), `${file}.json`);
        writeFileSync(join(folder, `${file}.json`), text.replace(/portal, /g, "another, "));
      }
      expect(status("unknown", folder)).toBe("unknown");
    });
  });

  /** The role assignments of the hub, as the script of the identity team exports them. */
  interface Hub {
    readonly subscription: string;
    readonly value: readonly object[];
  }

  /** The right of the control plane on the zone in the hub, with another export of the hub. */
  const onZone = (edit: (hub: Hub) => unknown) =>
    inScratch((folder) => {
      const from = folderOf("private-hub-zone");
      for (const file of readdirSync(from)) {
        writeFileSync(join(folder, file), textOf(from, file));
      }
      const file = "role-assignments-hub.json";
      const edited = edit(JSON.parse(textOf(folder, file)) as Hub);
      writeFileSync(join(folder, file), JSON.stringify(edited));
      const { rights } = discover(readExports(folder), folder).report;
      return rights.find(
        ({ scope, principal }) => principal === "portal-cp-mi" && scope.includes("privateDnsZones"),
      );
    });

  test("says that a right is missing only if all role assignments were exported", () => {
    const readers = ({ value }: Hub) =>
      value.map((one) => ({ ...one, roleDefinitionName: "Reader", roleDefinitionId: READER }));
    expect(onZone((hub) => hub)?.status).toBe("has");
    expect(onZone((hub) => ({ ...hub, value: readers(hub) }))?.status).toBe("lacks");
    expect(onZone((hub) => ({ ...hub, value: [] }))?.status).toBe("lacks");
    const { status, command } = onZone(readers) ?? {};
    expect(status).toBe("unknown");
    expect(command).toMatch(
      /^az role assignment list --assignee 77777777-\S+ --scope \/subscriptions\/44444444-\S+ --include-inherited --include-groups$/,
    );
  });

  test("counts a role on a management group in the subscriptions whose lists have it", () => {
    const group = "/providers/Microsoft.Management/managementGroups/hubs";
    const above = ({ value }: Hub) =>
      value.map((one) => ({ ...one, scope: group, id: `${group}/${ASSIGNMENT}` }));
    const other = "55555555-5555-4555-8555-555555555555";
    expect(onZone((hub) => ({ ...hub, value: above(hub) }))?.status).toBe("has");
    expect(onZone((hub) => ({ subscription: other, value: above(hub) }))?.status).toBe("unknown");
  });

  test("has what is too much, by kind", () => {
    const kinds = (name: string) =>
      found(name).report.excess.map(({ kind, role }) => `${kind}: ${role}`);
    expect(kinds("service-principal")).toEqual([
      "wideScope: Network Contributor",
      "notNeeded: Contributor",
      "unresolved: Contributor",
      "person: Contributor",
    ]);
    expect(kinds("brought")).toEqual(["leftover: Contributor"]);
    // Its role set is the minimal one.
    expect(kinds("private-hub-zone")).toEqual([
      "wideRole: Private DNS Zone Contributor",
      "wideRole: Managed Identity Operator",
    ]);
    expect(kinds("everything")).toEqual([
      "wideRole: Owner",
      "wideScope: Contributor",
      "unresolved: Reader",
    ]);
  });
});

/** A text that contains another one. */
const containing = (part: string): unknown => expect.stringContaining(part);

describe("the command", () => {
  async function run(...args: string[]): Promise<{ status: number; out: string; err: string }> {
    let [out, err] = ["", ""];
    const io = {
      stdout: (text: string) => void (out += text),
      stderr: (text: string) => void (err += text),
      colours: false,
    };
    return { status: await main(["discover", ...args], io), out, err };
  }

  test("writes the description, which check accepts, and the report", async () => {
    await inScratchAsync(async (folder) => {
      const out = join(folder, "out");
      const { status, out: printed } = await run(folderOf("brought"), "--out", out);
      expect({ status, printed }).toEqual({ status: 0, printed: containing(out) });
      let checked = "";
      const io = { stdout: (text: string) => void (checked += text), stderr: () => undefined };
      expect(
        await main(["check", "--config", join(out, "haks.yaml")], { ...io, colours: false }),
      ).toBe(0);
      expect(checked).toContain("no errors");
      expect(JSON.parse(textOf(out, "discover-report.json"))).toMatchObject({ cluster: "billing" });
      // The same again, with the option; and not over another description.
      expect((await run("--from", folderOf("brought"), "--out", out)).status).toBe(0);
      writeFileSync(join(out, "haks.yaml"), "name: edited\n");
      const again = await run(folderOf("brought"), "--out", out);
      expect({ status: again.status, text: textOf(out, "haks.yaml") }).toEqual({
        status: 1,
        text: "name: edited\n",
      });
      expect(again.err).toContain("HAKS-FILE-009");
    });
  });

  test("prints its result as JSON", async () => {
    await inScratchAsync(async (folder) => {
      const out = join(folder, "out");
      const { out: printed } = await run(folderOf("everything"), "--out", out, "--json");
      expect(JSON.parse(printed)).toMatchObject({
        files: [
          "haks.yaml",
          "discover-report.md",
          "discover-report.html",
          "discover-report.json",
        ].map((name) => join(out, name)),
        report: { cluster: "everything" },
      });
      const page = textOf(out, "discover-report.html");
      expect(page).toContain("<h1>The cluster everything as it is</h1>");
      expect(page).not.toMatch(/<script|script-src/);
    });
  });

  test("is completed with folders where it takes one", async () => {
    const completed = async (...words: string[]) => {
      let out = "";
      const io = { stdout: (text: string) => void (out += text), stderr: () => undefined };
      await main(["complete", "--", "discover", ...words], { ...io, colours: false });
      return out;
    };
    expect(await completed("")).toBe(":0\n");
    expect(await completed("--from", "")).toBe(":0\n");
  });

  test("needs the folder of the exports", async () => {
    expect(await run()).toMatchObject({ status: 2, err: containing("exports") });
    expect(await run("nowhere")).toMatchObject({
      status: 1,
      err: containing("HAKS-FILE-007"),
    });
    expect(await run("--commands", "network")).toMatchObject({
      status: 2,
      err: containing("--from"),
    });
  });
});

async function inScratchAsync(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "haks-"));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
