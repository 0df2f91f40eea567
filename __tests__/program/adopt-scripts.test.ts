// The scripts for later: what they delete, and when they stop.
import { cleanupScript } from "../../app/adopt/cleanup-script";
import { Leftover, leftoversOf } from "../../app/adopt/leftovers";
import { GrantingTeam } from "../../lib/spec/granting-team";
import { inScratch, textOf } from "../scenarios";
import { Fields, adoptionWith, exportsFolder } from "../app/adopt.fixtures";
import { checkedByBash, optionOf, run } from "../app/review.scripts";

const SUBSCRIPTION = "22222222-2222-4222-8222-222222222222";

const KUBELET = `/subscriptions/${SUBSCRIPTION}/resourceGroups/identity-rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/kubelet`;

/** Another subscription that az sees. */
const OTHER = "33333333-3333-4333-8333-333333333333";

/** An `az` that finds every role assignment; the cluster uses the principals in the file `in-use`, and others those in `others`. */
const AZ = `#!/usr/bin/env bash
folder="\${0%/*}/.."
{ printf '%s\\0' "$@"; printf '\\1\\0'; } >>"$folder/calls"
case "$1 $2 $3" in
  'account show '*) echo ${SUBSCRIPTION} ;;
  'account list '*) printf '%s\\n' ${SUBSCRIPTION} ${OTHER} ;;
  'aks show '*) printf 'msi\\nNone\\n'; cat "$folder/in-use" ;;
  'aks list '*)
    if [[ "$*" == *"${OTHER}"* && -e "$folder/others" ]]; then cat "$folder/others"; fi
    if [[ "$*" == *"${OTHER}"* && -e "$folder/closed" ]]; then exit 1; fi
    ;;
  'role assignment list')
    if [[ "$*" == *--all* ]]; then
      if [[ "$*" == *"${OTHER}"* && -e "$folder/roles" ]]; then echo role; fi
    elif [[ "$*" == *--role* && -e "$folder/not-granted" && "$*" == *"$(cat "$folder/not-granted")"* ]]; then :
    else echo found; fi
    ;;
  'ad app list') echo 88888888-0000-4000-8000-000000000001 ;;
  'ad sp list') echo 99999999-0000-4000-8000-000000000001 ;;
  'rest '*) echo 'ERROR: Not Found({"error":{"code":"Request_ResourceNotFound"}})' >&2; exit 1 ;;
esac
`;

function scriptOf(name: string, team: GrantingTeam, edit?: (row: Leftover) => Leftover): string {
  const { adoption, exports, configuration } = adoptionWith(name);
  const { plan } = configuration;
  const leftovers = leftoversOf(adoption, exports, plan._resolved);
  const edited = edit ? leftovers.assignments.map(edit) : leftovers.assignments;
  return (
    cleanupScript(plan.review(), exports.id, KUBELET, team, {
      ...leftovers,
      assignments: edited,
    }) ?? ""
  );
}

function ran(script: string, option: string, files: { readonly [name: string]: string } = {}) {
  return inScratch((folder) => {
    const prepared = Object.entries({ "in-use": KUBELET, ...files }).map(
      ([name, text]) => `printf '%s' '${text}' >${folder}/${name}`,
    );
    // The files stand beside the calls.
    const az = `${AZ.split("\n")[0]}\n${prepared.join("\n")}\n${AZ.split("\n").slice(1).join("\n")}`;
    const result = run(folder, script, option, az);
    const deleted = result.calls
      .filter((call) => call.includes("delete"))
      .map((call) => optionOf(call, "--ids") ?? optionOf(call, "--id"));
    return { ...result, deleted };
  });
}

const IDENTITY = GrantingTeam.IDENTITY;
const NETWORK = GrantingTeam.NETWORK;

describe.each([
  ["service-principal", IDENTITY],
  ["service-principal", NETWORK],
  ["system-assigned", IDENTITY],
  ["kubelet-made", IDENTITY],
  ["private-hub-zone", NETWORK],
  ["everything", IDENTITY],
] as const)("the script of %s for the %s team", (name, team) => {
  const script = scriptOf(name, team);

  test("is a good script", () => {
    expect(checkedByBash(script)).toBe("");
  });

  test.each(["", "--dry-run"])("deletes nothing with the option %p", (option) => {
    const { status, stdout, deleted } = ran(script, option);
    expect([status, deleted]).toEqual([0, []]);
    expect(stdout).toContain("  would run: az ");
  });

  test("deletes with --yes", () => {
    const { status, stderr, deleted } = ran(script, "--yes");
    expect([status, stderr]).toEqual([0, ""]);
    expect(deleted.length).toBeGreaterThan(0);
  });
});

test("the application of the service principal goes last, with its rights", () => {
  const { deleted } = ran(scriptOf("service-principal", IDENTITY), "--yes");
  expect(deleted.pop()).toBe("88888888-0000-4000-8000-000000000001");
  expect(deleted.every((id) => id?.includes("/roleAssignments/"))).toBe(true);
});

describe("of what others use", () => {
  const APPLICATION = "88888888-0000-4000-8000-000000000001";
  const isApplication = (id: string | undefined) => id === APPLICATION;

  test.each([
    ["another cluster", { others: `/clusters/other\tnull\tNone\t${APPLICATION}\n` }],
    ["clusters that cannot be listed", { closed: "" }],
  ])("nothing of a service principal is deleted with %s", (_, files) => {
    const { status, stderr, deleted } = ran(
      scriptOf("service-principal", IDENTITY),
      "--yes",
      files,
    );
    // The one of an orphan.
    expect([status, deleted.length]).toEqual([1, 1]);
    expect(stderr).toContain("Skipped, another cluster uses its principal, or may use it");
    expect(stderr).toContain(
      `Skipped, another cluster uses the service principal, or may use it: ${APPLICATION}`,
    );
    expect(ran(scriptOf("service-principal", NETWORK), "--yes", files).deleted).toEqual([]);
  });

  test("the application stays with a role in another subscription", () => {
    const { status, stderr, deleted } = ran(scriptOf("service-principal", IDENTITY), "--yes", {
      roles: "",
    });
    expect([status, deleted.some(isApplication), deleted.length]).toEqual([1, false, 4]);
    expect(stderr).toContain("Skipped, the service principal has role assignments");
  });

  test("rights of an identity stay that another cluster uses, too", () => {
    const script = scriptOf("private-hub-zone", NETWORK);
    const [, identity = ""] = /^others \S+ (\S+)$/m.exec(script) ?? [];
    expect(identity).toContain("/userassignedidentities/");
    const others = { others: `/clusters/other\t{"${identity}":{}}\tNone\tmsi\n` };
    expect(ran(script, "--yes", others).deleted).toEqual([]);
    expect(ran(script, "--yes").deleted).not.toEqual([]);
  });
});

test.each([
  ["its client id", "88888888-0000-4000-8000-000000000001"],
  ["its object id", "77777777-0000-4000-8000-000000000001"],
])("nothing of a principal is deleted while the cluster has %s", (_, id) => {
  const { status, stderr, deleted } = ran(scriptOf("service-principal", NETWORK), "--yes", {
    "in-use": `${id}\n`,
  });
  expect([status, deleted]).toEqual([1, []]);
  expect(stderr).toContain("Skipped, the cluster still uses its principal");
});

test("nothing of a service principal is deleted while the nodes have another kubelet identity", () => {
  const inUse = { "in-use": "77777777-0000-4000-8000-0000000000ff\n" };
  const { status, stderr, deleted } = ran(scriptOf("service-principal", IDENTITY), "--yes", inUse);
  expect(status).toBe(1);
  expect(deleted.filter((id) => !id?.includes("/roleAssignments/"))).toEqual([]);
  expect(stderr).toContain(
    "Skipped, the nodes do not have the kubelet identity of the description yet: 88888888-0000-4000-8000-000000000001",
  );
  const { deleted: ofNetwork } = ran(scriptOf("service-principal", NETWORK), "--yes", inUse);
  expect(ofNetwork).toEqual([]);
});

test("rights that the plan lacks stay until the role assignments of the stacks are there", () => {
  const { status, stderr, deleted } = ran(scriptOf("private-hub-zone", NETWORK), "--yes", {
    "not-granted": "",
  });
  expect([status, deleted]).toEqual([1, []]);
  expect(stderr).toContain("Skipped, the principal lacks a role assignment of the stacks");
});

test("a right on the subscription stays until the role assignments of the other team are there", () => {
  const script = scriptOf("everything", IDENTITY);
  const wide = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/`;
  const isWide = (files = {}) =>
    ran(script, "--yes", files).deleted.some((id) => id?.startsWith(wide));
  expect(isWide()).toBe(true);
  expect(isWide({ "not-granted": "/subnets/" })).toBe(false);
});

test("a principal is an orphan only if az looked for it", () => {
  const orphans = (principalName: string | null) => {
    const file = "role-assignments.json";
    const text = textOf(exportsFolder("everything"), file);
    const { value, ...rest } = JSON.parse(text) as { value: Fields[] };
    const edited = { ...rest, value: value.map((one) => ({ ...one, principalName })) };
    const { adoption, exports, configuration } = adoptionWith("everything", {
      files: { [file]: edited },
    });
    const { assignments } = leftoversOf(adoption, exports, configuration.plan._resolved);
    return assignments.filter(({ why }) => why === "orphan").length;
  };
  expect(orphans("")).toBeGreaterThan(0);
  expect(orphans(null)).toBe(0);
});

test("the rights that AKS gives on the group of the nodes stay", () => {
  const script = scriptOf("everything", IDENTITY);
  expect(script).not.toContain("everything-nodes-rg");
  // The same right on the subscription goes.
  expect(script).toMatch(
    /Contributor on \/subscriptions\/[0-9a-f-]+; the grant plan does not have it/,
  );
});

test("the script runs in the subscription of the stack alone, and takes no other option", () => {
  const script = scriptOf("service-principal", NETWORK).replaceAll(
    `subscription=${SUBSCRIPTION}`,
    "subscription=11111111-1111-4111-8111-111111111111",
  );
  expect(ran(script, "--yes")).toMatchObject({ status: 1, deleted: [] });
  expect(ran(script, "--force")).toMatchObject({ status: 2, deleted: [] });
});

test("hostile names stay texts", () => {
  const script = scriptOf("service-principal", NETWORK, (row) => ({
    ...row,
    principal: { ...row.principal, name: "x\n$(touch pwned); `id` '\"" },
    role: "y\ntouch pwned",
    scope: `${row.scope}'$(touch pwned)`,
  }));
  expect(checkedByBash(script, false)).toBe("");
  expect(script.split("\n").filter((line) => /^\s*touch|^`/.test(line))).toEqual([]);
  const { calls } = ran(script, "--yes");
  expect(calls.flat().some((word) => word.endsWith("'$(touch pwned)"))).toBe(true);
});
