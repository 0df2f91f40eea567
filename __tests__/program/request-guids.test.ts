// The GUIDs of the scripts are those of the stacks, so that Terraform finds what a script made.
import { spawnSync } from "node:child_process";
import { renderRunnerScript } from "../../app/review/runner-script";
import { GUID_OF } from "../../app/review/script-parts";
import { word } from "../../app/review/shell";
import { renderScript } from "../../app/review/script";
import { ClusterSpec, GrantingTeam, RoleSet } from "../../lib";
import { fixedGuid } from "../../lib/access/fixed-guid";
import { FAKE_AZ, idOf } from "../app/review.fixtures";
import { isAssignment, isChange, isRole, optionOf, run } from "../app/review.scripts";
import { SUBSCRIPTION, azure } from "../hcl/azure";
import { Attributes, World, evaluate, scopeOf } from "../hcl/stack";
import {
  OTHER_SUBSCRIPTION,
  SMALL,
  inScratch,
  once,
  planOf,
  render,
  specOf,
  stacksOf,
} from "../scenarios";

const OWN = SUBSCRIPTION.split("/").at(-1)!;
const AZ = FAKE_AZ.replace("00000000-0000-4000-8000-00000000000a", OWN);
const MEMBER = "77777777-7777-4777-8777-777777777777";
const TEAMS = [
  ["identity", "identities"],
  ["network", "networkPermissions"],
] as const;

const described = once((): [string, ClusterSpec][] => {
  const own = (spec: ClusterSpec) => ({ ...spec, subscriptionId: undefined });
  const enterprise = own(specOf("enterprise"));
  const everything = own(specOf("every-feature"));
  return [
    ["the lab", specOf("lab")],
    ["the enterprise", enterprise],
    ["the enterprise in a named subscription", { ...enterprise, subscriptionId: OWN }],
    ["every feature", everything],
  ];
});

/** An Azure with the object ids of the `az` of the tests, and a hub in another subscription. */
const world: World = azure((type, args): Attributes => {
  const found = azure()(type, args);
  switch (type) {
    case "azurerm_user_assigned_identity":
      return { principal_id: idOf(String(args.name)) };
    case "azuread_group":
    case "azuread_service_principal":
      return { object_id: idOf(`displayName eq '${String(args.display_name)}'`) };
    case "azurerm_role_definition":
      return {
        role_definition_resource_id: `${String(args.scope).split("/").slice(0, 3).join("/")}/providers/Microsoft.Authorization/roleDefinitions/${String(args.role_definition_id)}`,
      };
    default: {
      const isInHub =
        type === "azurerm_private_dns_zone" ||
        String(args.virtual_network_name ?? args.name) === "spoke-vnet";
      return isInHub && HUB.includes(String(args.resource_group_name))
        ? { id: inHub(found.id) }
        : {};
    }
  }
});

// The enterprise has its network in the subscription of the cluster.
let HUB: string[] = [];

function inHub(id: unknown): string {
  return String(id).replace(OWN, OTHER_SUBSCRIPTION);
}

describe.each(TEAMS)("the script of the team %s", (team, stack) => {
  test.each(described().map(([name, spec]) => ({ name, spec })))(
    "makes what the stack would make, with the same GUIDs: $name",
    ({ name, spec }) => {
      HUB = name.startsWith("every") ? ["network-rg", "dns-rg"] : [];
      const review = planOf(spec).review();
      const { status, stderr, calls } = inScratch((folder) =>
        run(folder, renderScript(review, team), [], AZ),
      );
      expect([stderr, status]).toEqual(["", 0]);
      const { resource = {}, ...json } = render(stacksOf(spec)[stack]);
      const scope = scopeOf({ resource, ...json }, world);
      const namesOf = (type: string, attribute: string) =>
        Object.values(resource[type] ?? {})
          .map((block) => String(evaluate(String(block[attribute]), scope)))
          .sort();
      const changes = calls.filter(isChange);
      const assignments = changes.filter(isAssignment);
      expect(assignments.map((call) => optionOf(call, "--name")).sort()).toEqual(
        namesOf("azurerm_role_assignment", "name"),
      );
      const roles = changes.filter(isRole).map((call) => optionOf(call, "--url") ?? "");
      expect(roles.map((url) => /[/]([^/]*)[?]/.exec(url)?.[1]).sort()).toEqual(
        namesOf("azurerm_role_definition", "role_definition_id"),
      );
      expect(assignments.length).toBeGreaterThan(0);
    },
  );

  test("gives the runner what the review says, once", () => {
    const review = planOf({ ...specOf("enterprise"), subscriptionId: undefined }).review();
    const script = renderRunnerScript(review, team)!;
    const rights = review.runners!.find((runner) => runner.team === (team as GrantingTeam))!.rights;
    inScratch((folder) => {
      const first = run(folder, script, [MEMBER, "Group"], AZ);
      expect([first.stderr, first.status]).toEqual(["", 0]);
      const assignments = first.calls.filter(isAssignment);
      expect(
        assignments.map((call) => [
          optionOf(call, "--assignee-object-id"),
          optionOf(call, "--assignee-principal-type"),
          optionOf(call, "--scope"),
          call.includes("--condition"),
        ]),
      ).toEqual(
        rights.map(({ resourceGroup, subscriptionId = OWN, grantableRoles }) => [
          MEMBER,
          "Group",
          `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`,
          grantableRoles !== undefined,
        ]),
      );
      const again = run(folder, script, [MEMBER, "Group"], AZ);
      expect([again.stderr, again.status, again.calls.filter(isChange)]).toEqual(["", 0, []]);
    });
  });

  test("binds the runner to the GUIDs of custom roles in Azure, or to those to come", () => {
    const spec = specOf("enterprise");
    const conditionsOf = (one: ClusterSpec, before?: string) =>
      inScratch((folder) => {
        const review = planOf(one).review();
        const urls = before === undefined ? [] : run(folder, before, [], AZ).calls.filter(isRole);
        const { calls } = run(folder, renderRunnerScript(review, team)!, MEMBER, AZ);
        return {
          made: urls.map((call) => /[/]([^/]*)[?]/.exec(optionOf(call, "--url") ?? "")?.[1]),
          conditions: calls.filter(isChange).flatMap((call) => optionOf(call, "--condition") ?? []),
        };
      });
    const said = planOf({ ...spec, subscriptionId: OWN })
      .review()
      .runners!.find((runner) => runner.team === (team as GrantingTeam))!
      .rights.flatMap(({ condition }) => condition ?? []);
    expect(said.length).toBeGreaterThan(0);
    // Known from the description, or computed from the subscription that az works in.
    const unnamed = { ...spec, subscriptionId: undefined };
    expect(conditionsOf({ ...spec, subscriptionId: OWN }).conditions).toEqual(said);
    expect(conditionsOf(unnamed).conditions).toEqual(said);
    // Roles that an earlier script made have other GUIDs.
    const earlier = renderScript(planOf(unnamed).review(), team).replace("5b0d1f6e", "6b0d1f6e");
    const { made, conditions } = conditionsOf(unnamed, earlier);
    expect(made.length).toBeGreaterThan(0);
    for (const guid of made) {
      expect(conditions.join("\n")).toContain(guid);
      expect(said.join("\n")).not.toContain(guid);
    }
  });
});

describe("the subscription of a script", () => {
  const inOther = { ...SMALL, subscriptionId: OTHER_SUBSCRIPTION };
  const ran = (spec: ClusterSpec, option = "") =>
    inScratch((folder) => run(folder, renderScript(planOf(spec).review(), "network"), option, AZ));

  test("is that of the description, and az must use it", () => {
    const { status, stderr, calls } = ran(inOther);
    expect([status, calls.filter(isChange)]).toEqual([1, []]);
    expect(stderr).toContain(`Run: az account set --subscription ${OTHER_SUBSCRIPTION}`);
    const fine = ran({ ...SMALL, subscriptionId: OWN.toUpperCase() });
    expect([fine.stderr, fine.status]).toEqual(["", 0]);
    expect(fine.stdout).toContain(`Subscription: ${OWN}\n`);
  });

  test("is that of az if the description has none", () => {
    expect(ran(SMALL, "--dry-run").stdout).toContain(`Subscription: ${OWN}\n`);
  });
});

describe("a custom role that exists", () => {
  const spec = { ...SMALL, permissions: { roleSet: RoleSet.minimal() } };
  const script = once(() => renderScript(planOf(spec).review(), "network"));

  test("with other actions stops the script, which says both", () => {
    inScratch((folder) => {
      expect(run(folder, script(), [], AZ).status).toBe(0);
      const wider = AZ.replace('else cat "$folder', 'else echo "*/read"; cat "$folder');
      const { status, stderr, calls } = run(folder, script(), [], wider);
      expect([status, calls.filter(isChange)]).toEqual([1, []]);
      expect(stderr).toMatch(/^The custom role AKS .* allows something else than the review says/);
      expect(stderr).toMatch(/Azure:\n[*][/]read\nmicrosoft/);
    });
  });

  test("under another GUID is used, with what Terraform needs to know", () => {
    inScratch((folder) => {
      run(folder, script(), [], AZ);
      const other = script().replaceAll("5b0d1f6e", "6b0d1f6e");
      const { status, stderr, calls } = run(folder, other, [], AZ);
      expect([status, calls.filter(isChange)]).toEqual([0, []]);
      expect(stderr).toMatch(
        /has the GUID .* instead of .* name it in permissions.roleSet.existing/,
      );
      expect(stderr).toMatch(/it would create it as .*, and fail/);
    });
  });

  test("and is named in the description, must be there", () => {
    const existing = { subnetJoin: "Our subnet role" };
    const named = { ...SMALL, permissions: { roleSet: RoleSet.minimal(existing) } };
    const { status, stderr, calls } = inScratch((folder) =>
      run(folder, renderScript(planOf(named).review(), "network"), [], AZ),
    );
    expect(status).toBe(1);
    expect(stderr).toContain(
      "The custom role Our subnet role of permissions.roleSet.existing does not exist",
    );
    expect(calls.some((call) => isRole(call) && call.join(" ").includes("Our subnet role"))).toBe(
      false,
    );
  });
});

test("a script computes a GUID as the library does, also in other alphabets", () => {
  const texts = ["/resourceGroups/GRÖẞE-Ł", "É", "Ж $(touch injected)"];
  const text = `${GUID_OF}\nguid_of ${texts.map(word).join(" ")}`;
  const { stdout } = spawnSync("bash", ["-c", text], { encoding: "utf8" });
  expect(stdout.trim()).toBe(fixedGuid(...texts));
});

test("a GUID is that of RFC 9562 for the namespace, in lower case", () => {
  expect(fixedGuid("A", "b")).toBe(
    evaluate('${uuidv5("5b0d1f6e-6c0e-5d3a-9a53-2f8f6f5f0c11", "a|b")}'),
  );
});
