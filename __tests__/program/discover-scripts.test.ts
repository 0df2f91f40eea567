// The scripts that export a cluster: they only read, and what they write is what discover reads.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { EXPORT_TEAMS, ExportTeam, exportScript } from "../../app/discover/commands";
import { discover } from "../../app/discover/discover";
import { readExports } from "../../app/discover/read-folder";
import { inScratch, textOf } from "../scenarios";

const folderOf = (name: string) => join("__tests__", "app", "discover", name, "exports");
const NAMES = ["service-principal", "system-assigned", "brought", "private-hub-zone", "everything"];

/** The scripts of all teams for a cluster, and that of the platform team at the start. */
function scriptsOf(name: string): [string, string][] {
  const exports = readExports(folderOf(name));
  return [
    ["start", exportScript(["platform"])],
    ["all", exportScript(EXPORT_TEAMS, exports)],
    ...EXPORT_TEAMS.map((team): [string, string] => [team, exportScript([team], exports)]),
  ];
}

/** A request that reads. */
const READS = /^rest --method get --url \S+ --query /;
const verbOf = (line: string) => line.split(" --")[0]!.split(" ").at(-1);

const hasShellcheck = spawnSync("shellcheck", ["--version"]).status === 0;

describe.each(NAMES)("the scripts for %s", (name) => {
  (hasShellcheck ? test : test.skip)("have nothing that shellcheck finds", () => {
    for (const [, script] of scriptsOf(name)) {
      const { stdout, status } = spawnSync("shellcheck", ["-"], {
        input: script,
        encoding: "utf8",
      });
      expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
    }
  });

  test("run commands of az that read, and no others", () => {
    for (const [, script] of scriptsOf(name)) {
      const commands = script.match(/(?<=\baz ).*/g) ?? [];
      const verbs = commands.map((line) => (READS.test(line) ? "list" : verbOf(line)));
      expect(commands.length).toBeGreaterThan(0);
      expect(verbs.filter((verb) => !["list", "show"].includes(verb!))).toEqual([]);
    }
  });
});

test("no command needs an extension, or asks before it installs one", () => {
  const start = exportScript(["platform"]);
  expect(start).not.toContain("data-collection rule");
  expect(start).toContain(
    `rest --method get --url "$id"'/providers/Microsoft.Insights/dataCollectionRuleAssociations?api-version=2022-06-01'`,
  );
  expect(start).not.toMatch(/az (k8s-|fleet)/);
  const before = start.slice(0, start.indexOf("az aks show"));
  expect(before).toContain("AZURE_EXTENSION_USE_DYNAMIC_INSTALL=no");
});

test("role assignments are exported without a filter, with their subscription", () => {
  const script = exportScript(["identity"], readExports(folderOf("brought")));
  expect(script).toContain(
    "--query '{subscription:'\"'\"'22222222-2222-4222-8222-222222222222'\"'\"',value:@}'",
  );
});

test("locks of the cluster and of its group are exported with their type, also if there are none", () => {
  const query = `--query '{type:'"'"'Microsoft.Authorization/locks'"'"',value:@}'`;
  const script = exportScript(["platform"]);
  expect(script).toContain(`az lock list --resource "$id" ${query}`);
  expect(script).toContain(`az lock list --resource-group "$resource_group" ${query}`);
});

test("the script of the identity team asks for what the cluster has", () => {
  const script = (name: string) => exportScript(["identity"], readExports(folderOf(name)));
  expect(script("service-principal")).toMatch(/az ad app show --id 88888888-/);
  expect(script("service-principal")).toContain("|| principalName==");
  expect(script("system-assigned")).not.toMatch(/az ad|az identity/);
  expect(script("brought").match(/az identity show/g)).toHaveLength(2);
  // The zone is in another subscription.
  expect(script("private-hub-zone").match(/az role assignment list --all/g)).toHaveLength(3);
});

// An az that prints an export for each command, and nothing for the rest.
const AZ = `#!/usr/bin/env bash
printf '%s\\n' "$*" >>"$LOG"
case "$*" in
  'aks show'*'--query id'*) printf '/subscriptions/2/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/billing\\n' ;;
  'account list'*) printf '%s\\n' 22222222-2222-4222-8222-222222222222 closed ;;
  *'--subscription closed'*) exit 1 ;;
  'role assignment list'*'--output tsv') printf '%s\\n' '/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/registry-rg/providers/Microsoft.ContainerRegistry/registries/sharedregistry' ;;
  'aks show'*) cat "$EXPORTS/cluster.json" ;;
  'aks nodepool list'*) cat "$EXPORTS/node-pools.json" ;;
  'aks maintenanceconfiguration list'*) cat "$EXPORTS/maintenance.json" ;;
  'monitor diagnostic-settings list'*) cat "$EXPORTS/diagnostic-settings.json" ;;
  'network vnet subnet list'*) cat "$EXPORTS/subnets.json" ;;
  'network vnet show'*) exit 1 ;;
  'identity show'*'billing-cp'*) python3 -c 'import json,sys; print(json.dumps(json.load(open(sys.argv[1]))[0]))' "$EXPORTS/identities.json" ;;
  'identity show'*) python3 -c 'import json,sys; print(json.dumps(json.load(open(sys.argv[1]))[1]))' "$EXPORTS/identities.json" ;;
  'rest'*'/extensions?'*"--query {type:'Microsoft.KubernetesConfiguration/extensions',value:value}"*) cat "$EXPORTS/extensions.json" ;;
  'rest'*'/fluxConfigurations?'*"--query {type:'Microsoft.KubernetesConfiguration/fluxConfigurations',value:value}"*) cat "$EXPORTS/flux-configurations.json" ;;
  'resource list --resource-type Microsoft.ContainerService/fleets'*) printf '/fleets/empty\\n/fleets/production\\n' ;;
  'rest'*'/fleets/production/members?api-version='*'--query nextLink'*) printf 'https://next/members?page=2\\n' ;;
  'rest'*'--query nextLink'*) printf '\\n' ;;
  'rest'*'/members?page=2'*) cat "$EXPORTS/fleet-members.json" ;;
  'rest'*'/fleets/production/members?api-version='*) cat "$EXPORTS/fleet-members.json" ;;
  'role assignment list'*) cat "$EXPORTS/role-assignments.json" ;;
  'acr show'*) cat "$EXPORTS/registry.json" ;;
  *) printf '[]\\n' ;;
esac
`;

const STALE = {
  network: ["virtual-network.json"],
  identity: ["locks-1.json", "role-assignments-9.json", "registry-gone.json"],
} as const;

test("the teams export a cluster one after the other, and discover reads the files", () => {
  inScratch((folder) => {
    writeFileSync(join(folder, "az"), AZ, { mode: 0o755 });
    const out = join(folder, "out");
    const run = (script: string, ...args: string[]) => {
      writeFileSync(join(folder, "script.sh"), script);
      return spawnSync("bash", ["script.sh", ...args, out], {
        cwd: folder,
        encoding: "utf8",
        env: {
          ...process.env,
          PATH: `${folder}:${process.env.PATH ?? ""}`,
          EXPORTS: resolve(folderOf("brought")),
          LOG: join(folder, "log"),
        },
      });
    };
    expect(run(exportScript(["platform"])).status).toBe(2);
    mkdirSync(out);
    writeFileSync(join(out, "fleet-members-9.json"), "{}");
    expect(run(exportScript(["platform"]), "billing-rg", "billing")).toMatchObject({
      status: 0,
      stderr: "Not exported: the fleets of the subscription closed\n",
    });
    for (const team of ["network", "identity"] as const satisfies ExportTeam[]) {
      const script = exportScript([team], readExports(out));
      // Files of an earlier export of which nothing is there now, or that cannot be read.
      for (const name of STALE[team]) {
        writeFileSync(join(out, name), "{}");
      }
      const { status, stderr } = run(script);
      // A command that fails is named, and leaves no file.
      const failed =
        team === "network"
          ? `${out}/virtual-network.json`
          : "the registries of the subscription closed";
      expect({ status, stderr }).toEqual({ status: 0, stderr: `Not exported: ${failed}\n` });
    }
    expect(readdirSync(out).sort()).toEqual([
      "cluster.json",
      "diagnostic-settings.json",
      "extensions.json",
      // The first fleet has no members, and the second two pages of them.
      "fleet-members-2.json",
      "fleet-members-3.json",
      "flux-configurations.json",
      "identity-1.json",
      "identity-2.json",
      "maintenance-configurations.json",
      "node-pools.json",
      "registry-sharedregistry.json",
      "role-assignments-1.json",
      "subnets.json",
    ]);
    const [made, by] = [out, folderOf("brought")].map((one) => discover(readExports(one), one));
    expect(made!.text).toBe(by!.text);
    expect(made!.report.rights).toEqual(by!.report.rights);
    expect(textOf(folder, "log")).toContain("--resource-group billing-rg --name billing");
  });
});
