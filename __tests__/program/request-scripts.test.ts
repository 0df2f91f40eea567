// The scripts of the access requests, run by bash with an `az` that writes down its calls.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { renderRequest } from "../../app/review/request";
import { renderRunnerScript } from "../../app/review/runner-script";
import { renderScript } from "../../app/review/script";
import { fixedGuid } from "../../lib/access/fixed-guid";
import { AccessReviewDocument } from "../../lib/review/access-review";
import { UNKNOWN_GROUP } from "../../lib/review/unknown-group";
import {
  FAKE_AZ,
  HOSTILE_NAMES,
  SUBNET_JOIN,
  deployer,
  grant,
  hostile,
  idOf,
  lab,
  large,
  middle,
  reviewOf,
  subnet,
} from "../app/review.fixtures";
import {
  checkedByBash,
  isAssignment,
  isChange,
  isRole,
  optionOf,
  run,
} from "../app/review.scripts";
import { ClusterPlan, FleetPlan, Principal, ResourceReference, RoleSet } from "../../lib";
import { backedUp } from "../lib/backup-rules";
import { inScratch, specOf } from "../scenarios";

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const MEMBER = "77777777-7777-4777-8777-777777777777";

const SCRIPTS: [string, AccessReviewDocument][] = [
  ["the lab", lab()],
  ["some twenty grants", middle()],
  ["400 grants", large()],
  ["400 irregular grants", large(false)],
];

describe("the script of a runner", () => {
  test.each([[], ["--dry-run"], ["someone"], [MEMBER, "Device"]])(
    "wants an object id: %j",
    (...options: string[]) => {
      inScratch((folder) => {
        const { status, stderr, calls } = run(
          folder,
          renderRunnerScript(middle(), "network")!,
          options,
        );
        expect([status, calls]).toEqual([2, []]);
        expect(stderr).toContain("[--dry-run] OBJECT_ID [ServicePrincipal|Group|User]");
      });
    },
  );

  test("stops where a custom role that its condition names does not exist", () => {
    inScratch((folder) => {
      const spec = specOf("enterprise");
      const roleSet = RoleSet.minimal({ assignIdentity: "Our Assign Role" });
      const review = new ClusterPlan({ ...spec, permissions: { roleSet } }).review();
      const runners = review.runners!.map((one) => ({ ...one, subscriptionId: undefined }));
      const script = renderRunnerScript(
        { ...review, subscriptionId: undefined, runners },
        "identity",
      )!;
      const { status, stderr, calls } = run(folder, script, ["--dry-run", MEMBER]);
      expect([status, calls.filter(isChange)]).toEqual([1, []]);
      expect(stderr).toContain("The custom role Our Assign Role does not exist.");
    });
  });

  test("shows in a dry run what it would do, which is nothing for a team without a runner", () => {
    inScratch((folder) => {
      const script = renderRunnerScript(middle(), "network")!;
      const { status, stdout, calls } = run(folder, script, ["--dry-run", MEMBER.toUpperCase()]);
      expect([status, calls.filter(isChange)]).toEqual([0, []]);
      expect(stdout).toContain("3 to create, 0 already there.");
      expect(stdout).toContain(`--assignee-object-id ${MEMBER}`);
      expect(renderRunnerScript(middle(), "identity")).toBeUndefined();
    });
  });
});

describe("the script of add-ons", () => {
  const scriptOf = (vault: string) => {
    const reference = ResourceReference.byName({ name: vault, resourceGroup: "backup-rg" });
    return renderScript(new ClusterPlan(backedUp({ vault: reference })).review(), "add-ons");
  };

  test("lets the Backup vault reach the cluster, and says that another one does", () => {
    inScratch((folder) => {
      const script = scriptOf("small-vault");
      expect(checkedByBash(script)).toBe("");
      const first = run(folder, script);
      expect([first.stderr, first.status]).toEqual(["", 0]);
      expect(first.stdout).toContain("3 created, 0 already there.");
      // Needs no extension of az.
      expect(first.calls.map(([part]) => part)).not.toContain("k8s-extension");
      const again = run(folder, script.replace(/backupVaults/g, "BackupVaults"));
      expect(again.status).toBe(0);
      expect(again.stdout).toContain("0 created, 3 already there.");
      const { status, stderr } = run(folder, scriptOf("other-vault"));
      expect(status).toBe(1);
      expect(stderr).toMatch(/lets another vault reach the cluster.*\/small-vault/);
    });
  });
});

describe("a script", () => {
  test.each(SCRIPTS)("of %s is what bash understands", (_, review) => {
    for (const team of ["identity", "network"]) {
      // shellcheck takes a second for 400 grants, and they are all of a kind.
      const isSmall = review.grants.length < 100;
      expect(checkedByBash(renderScript(review, team), isSmall)).toBe("");
      expect(checkedByBash(renderRunnerScript(review, team) ?? "#!/bin/bash\n", isSmall)).toBe("");
    }
  });

  test("of some twenty grants makes what is missing, and nothing when it runs again", () => {
    inScratch((folder) => {
      const script = renderScript(middle(), "network");
      const dry = run(folder, script, "--dry-run");
      expect(dry.status).toBe(0);
      expect(dry.stdout).toContain("11 to create, 0 already there.");
      expect(dry.calls.filter(isChange)).toEqual([]);
      const first = run(folder, script);
      expect([first.stderr, first.status]).toEqual(["", 0]);
      expect(first.stdout).toContain("11 created, 0 already there.");
      expect(first.calls.filter(isChange)).toHaveLength(11);
      const again = run(folder, script);
      expect(again.stdout).toContain("0 created, 11 already there.");
      expect(again.calls.filter(isChange)).toEqual([]);
    });
  });

  test("of the lab makes what is missing, and nothing when it runs again", () => {
    inScratch((folder) => {
      const script = renderScript(lab(), "network");
      const dry = run(folder, script, "--dry-run");
      expect(dry.status).toBe(0);
      expect(dry.stdout).toContain("1 to create, 0 already there.");
      expect(dry.calls.filter(isChange)).toEqual([]);
      const first = run(folder, script);
      expect([first.stderr, first.status]).toEqual(["", 0]);
      expect(first.stdout).toContain("1 created, 0 already there.");
      expect(first.calls.filter(isChange)).toHaveLength(1);
      const again = run(folder, script);
      expect(again.stdout).toContain("0 created, 1 already there.");
      expect(again.calls.filter(isChange)).toEqual([]);
    });
  });

  test("prints hostile names without running them", () => {
    inScratch((folder) => {
      const script = renderScript(hostile(HOSTILE_NAMES.join("\n")), "network");
      expect(checkedByBash(script, false)).toBe("");
      const { status, stderr } = run(folder, script, "--dry-run");
      expect([status, stderr]).toEqual([0, ""]);
      expect(existsSync(join(folder, "injected"))).toBe(false);
    });
  });

  test("gives az whole scopes, conditions and definitions of roles", () => {
    inScratch((folder) => {
      const subscription = "00000000-0000-4000-8000-00000000000a";
      const { calls } = run(folder, renderScript(middle(), "network"));
      const definition = calls.find(isRole)!;
      const group = `/subscriptions/${subscription}/resourceGroups/haks-network`;
      expect(JSON.parse(optionOf(definition, "--body") ?? "")).toEqual({
        properties: {
          roleName: SUBNET_JOIN.name,
          type: "CustomRole",
          description: "Created from an access review of hardened-aks.",
          permissions: [
            { actions: SUBNET_JOIN.actions, notActions: [], dataActions: [], notDataActions: [] },
          ],
          assignableScopes: [group],
        },
      });
      expect(optionOf(definition, "--url")).toBe(
        `${group}/providers/Microsoft.Authorization/roleDefinitions/${fixedGuid(group, "role", SUBNET_JOIN.guidSeed!)}?api-version=2022-04-01`,
      );
      const made = run(folder, renderScript(middle(), "identity")).calls.filter(isChange);
      const withCondition = made.find((call) => call.includes("--condition"));
      expect(withCondition).toEqual([
        ...["role", "assignment", "create", "--name", expect.stringMatching(GUID) as string],
        ...["--assignee-object-id", idOf("haks-kubelet-mi")],
        ...["--assignee-principal-type", "ServicePrincipal"],
        ...["--role", "b93aa761-3e63-49ed-ac28-beffa264f7ac"],
        "--scope",
        "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/registry-rg/providers/Microsoft.ContainerRegistry/registries/sharedregistry",
        ...["--description", "The nodes pull images."],
        "--condition",
        "((!(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/read'})) OR (@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringStartsWithIgnoreCase 'shop/'))",
        ...["--condition-version", "2.0", "--output", "none"],
      ]);
      const scopes = made.map((call) => call[call.indexOf("--scope") + 1]);
      expect(scopes).toContain(
        "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/haks",
      );
    });
  });

  test("says that an assignment is there with another condition, and fails", () => {
    inScratch((folder) => {
      const review = middle();
      run(folder, renderScript(review, "identity"));
      const grants = review.grants.map(({ condition, ...one }) =>
        condition === undefined ? one : { ...one, condition: "another" },
      );
      const { status, stderr, calls } = run(
        folder,
        renderScript({ ...review, grants }, "identity"),
      );
      expect(status).toBe(1);
      expect(stderr).toContain("The condition differs from the review");
      expect(calls.filter(isChange)).toEqual([]);
    });
  });

  test("imports the custom roles of its stack, and not those of the stacks of the fleet", () => {
    inScratch((folder) => {
      const subscriptionId = "00000000-0000-4000-8000-00000000000a";
      const spec = {
        ...specOf("lab"),
        subscriptionId,
        permissions: { roleSet: RoleSet.minimal() },
      };
      const alone = new ClusterPlan(spec).review();
      const access = { deployers: [Principal.group("platform", MEMBER)] };
      const fleet = new FleetPlan([{ ...spec, access }]);
      const member = fleet.clusters[0]!.review();
      const blocks = (text: string) => text.match(/to = azurerm_role_definition\.\S*/g) ?? [];
      expect(renderRequest(member, "network")).toContain("The clusters of the fleet share them.");
      expect(renderRequest(member, "network")).not.toContain("az role definition delete");
      const first = "The identities of the cluster must exist.";
      expect(renderRequest(member, "network")).toContain(first);
      expect(renderRequest(fleet._review(), "network")).not.toContain(first);
      run(folder, renderScript(member, "network"));
      const { status, stdout } = run(folder, renderScript(member, "network"), "--imports");
      expect([status, blocks(stdout)]).toEqual([0, []]);
      expect(stdout).toContain("to = azurerm_role_assignment.");
      run(folder, renderScript(fleet._review(), "network"));
      const shared = run(folder, renderScript(fleet._review(), "network"), "--imports").stdout;
      expect(blocks(shared)).toContainEqual(expect.stringContaining(".subnetjoin_haks-network_"));
      run(folder, renderScript(alone, "network"));
      const imports = run(folder, renderScript(alone, "network"), "--imports").stdout;
      expect(blocks(imports)).toHaveLength(2);
      expect(renderRequest(alone, "network")).toContain("az role definition delete");
    });
  });

  test("leaves out what Terraform alone can find, and says so", () => {
    inScratch((folder) => {
      const made = { ...subnet("made"), resourceGroup: UNKNOWN_GROUP };
      const review = reviewOf([
        grant(deployer("engineers"), SUBNET_JOIN, made),
        grant(deployer("engineers"), SUBNET_JOIN, subnet("there")),
      ]);
      const { status, stderr, calls } = run(folder, renderScript(review, "network"));
      const request = renderRequest(review, "network");
      expect(request).toContain("`made`<br>only Terraform knows the id");
      expect(request).not.toContain("/resourceGroups/known");
      expect(status).toBe(0);
      expect(stderr).toContain("Skipped, because only Terraform knows the id: ");
      const assigned = calls.filter(isAssignment);
      expect(assigned).toHaveLength(1);
      expect(JSON.stringify(assigned)).toContain("subnets/there");
    });
  });

  test("stops unless exactly one principal has a name", () => {
    inScratch((folder) => {
      const review = reviewOf([grant(deployer("nobody"), SUBNET_JOIN, subnet("a"))]);
      const { status, stderr, calls } = run(folder, renderScript(review, "network"));
      expect(status).not.toBe(0);
      expect(stderr).toContain("Expected exactly one principal named nobody.");
      expect(calls.filter(isAssignment)).toEqual([]);
    });
  });

  test.each(["--dry-run", ""])(
    "stops if assignments cannot be read, with the option %j",
    (option) => {
      inScratch((folder) => {
        const az = FAKE_AZ.replace(
          "  'role assignment '*)",
          "  'role assignment list') exit 1 ;;\n$&",
        );
        const { status, stderr } = run(folder, renderScript(lab(), "network"), option, az);
        expect(status).toBe(1);
        expect(stderr).toMatch(/^Cannot read the assignments of .* on .*\.$/m);
      });
    },
  );

  // The others mean nothing to a shell; a dry run has them all.
  const shellNames = HOSTILE_NAMES.filter((name) => /[$`'";\n]/.test(name));

  test.each(shellNames)("runs nothing of the name %j", (name) => {
    inScratch((folder) => {
      const { status, stderr, calls } = run(folder, renderScript(hostile(name), "network"), "");
      expect([status, stderr]).toEqual([0, ""]);
      expect(existsSync(join(folder, "injected"))).toBe(false);
      const roles = calls.filter(isRole);
      expect(
        roles.map((call) => JSON.parse(optionOf(call, "--body") ?? "") as object),
      ).toMatchObject([{ properties: { roleName: name, permissions: [{ actions: [name] }] } }]);
      const ofRunner = renderRunnerScript(hostile(name), "network")!;
      const { status: ranRunner, stderr: saidRunner } = run(folder, ofRunner, MEMBER);
      expect([saidRunner, ranRunner]).toEqual(["", 0]);
      expect(existsSync(join(folder, "injected"))).toBe(false);
      const made = calls.filter(isAssignment);
      expect(made).toHaveLength(3);
      expect(made.map((call) => call[call.indexOf("--condition") + 1])).toEqual(
        made.map(() => name),
      );
    });
  });
});
