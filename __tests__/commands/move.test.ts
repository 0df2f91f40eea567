// The runbook of a move: each way from its start to its end, with what the exports show after each step.
import { Fields } from "../../app/config/file-schema";
import { FindingsError } from "../../app/finding";
import { moveFiles } from "../../app/move/write";
import { isGranted } from "../../app/move/evidence";
import { renderTicket } from "../../app/move/markdown";
import { MoveDocument, documentOf } from "../../app/move/document";
import { World } from "../../app/move/plan";
import { WAYS } from "../../app/move/ways";
import { readMemory, readPlanLog, readRecords } from "../../app/move/memory";
import { inScratch, textOf } from "../scenarios";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { main } from "../../app/cli/main";
import { oldGrants } from "../../app/move/old-grants";
import { checkedByBash } from "../app/review.scripts";
import { planLog } from "../app/move.azure";
import { Move, act, descriptionFor, exportsOf } from "../app/move.worlds";

const MINIMAL = { permissions: { roleSet: { type: "minimal" } } };
const OTHER = {
  identities: {
    resourceGroup: { name: "identity-rg" },
    controlPlane: { name: "billing-cp-2" },
    kubelet: { name: "billing-kubelet-2" },
  },
};

const GRANTS = ["identity-grants", "network-grants"];
const OLD = ["old-tokens", "identity-old-grants", "network-old-grants"];
const OLD_GRANTS = OLD.slice(1);

/** The ways, with the cluster that calls for each, and its steps in their order. */
const MOVES: [way: string, name: string, change: Fields, steps: string[]][] = [
  [
    "service-principal",
    "service-principal",
    {},
    [
      ...["identities", ...GRANTS, "control-plane", "made-kubelet-pull", "kubelet", "node-images"],
      ...["terraform-plan", ...OLD, "application"],
    ],
  ],
  [
    "service-principal",
    "service-principal",
    MINIMAL,
    [
      ...["identities", ...GRANTS, "az-role", "control-plane", "made-kubelet-pull", "kubelet"],
      ...["node-images", "terraform-plan", "az-role-removed", ...OLD, "application"],
    ],
  ],
  [
    "system-assigned",
    "system-assigned",
    {},
    [
      ...["identities", ...GRANTS, "control-plane", "control-plane-tokens", "kubelet"],
      ...["terraform-plan", ...OLD],
    ],
  ],
  ["kubelet", "kubelet-made", {}, ["identities", ...GRANTS, "kubelet", "terraform-plan", ...OLD]],
  [
    "user-assigned",
    "brought",
    OTHER,
    [
      ...["identities", ...GRANTS, "control-plane", "control-plane-tokens", "kubelet"],
      ...["terraform-plan", ...OLD],
    ],
  ],
  ["brought", "brought", {}, ["identities", ...GRANTS, "terraform-plan", ...OLD_GRANTS]],
];

const CASES = MOVES.map(
  ([way, name, change, steps]) =>
    [`${way}${change === MINIMAL ? " with minimal roles" : ""}`, way, name, change, steps] as const,
);

const stateIn = ({ steps }: MoveDocument, id: string) => steps.find((one) => one.id === id)?.state;

describe.each(CASES)("the way %s", (_, way, name, change, ids) => {
  test("has its steps, and goes from one to the next, to the end", () => {
    const move = new Move(name, change);
    let document = move.run();
    expect(document.way).toBe(way);
    expect(document.steps.map(({ id }) => id)).toEqual(ids);
    const before = move.plan;
    const done: string[] = document.steps
      .filter(({ state }) => state === "done")
      .map(({ id }) => id);
    for (let round = 0; !document.complete && round < ids.length; round++) {
      const [id = ""] = document.next;
      // The first that is not done, and no later one before all that it needs.
      expect(ids.indexOf(id)).toBe(ids.findIndex((one) => stateIn(document, one) !== "done"));
      act(move, document, id);
      document = move.run();
      expect([id, stateIn(document, id), move.run().next]).toEqual([id, "done", document.next]);
      done.push(id);
    }
    expect(document.complete).toBe(true);
    expect(document.next).toEqual([]);
    // Brought identities, the planned rights, and none of the old ones.
    const { controlPlane, kubelet, start, review } = move.plan;
    const { cluster, assignments } = move.azure;
    expect(Object.keys(cluster.identity!.userAssignedIdentities!)[0]!.toLowerCase()).toBe(
      controlPlane.id.toLowerCase(),
    );
    expect(cluster.identityProfile!.kubeletidentity!.resourceId.toLowerCase()).toBe(
      kubelet.id.toLowerCase(),
    );
    expect(start).toEqual(before.start);
    const left = [start.controlPlane, start.kubelet]
      .filter(({ id = "" }) => ![controlPlane.id, kubelet.id].includes(id))
      .map(({ principalId }) => principalId);
    expect(assignments.filter(({ principalId }) => left.includes(principalId))).toEqual([]);
    const own = Object.values(cluster.identity!.userAssignedIdentities!) as {
      principalId: string;
    }[];
    const nodes = `/resourcegroups/${cluster.nodeResourceGroup.toLowerCase()}`;
    const ofControlPlane = assignments.filter(
      ({ principalId, scope }) =>
        principalId === own[0]!.principalId && !scope.toLowerCase().includes(nodes),
    );
    const planned = review.grants.filter(({ principal }) => principal.kind === "controlPlane");
    expect(
      new Set(
        ofControlPlane.map(
          ({ scope, roleDefinitionId }) => `${scope} ${roleDefinitionId.split("/").pop()}`,
        ),
      ).size,
    ).toBe(planned.length);
  });

  test("skips no step: each that is undone again is next, and nothing after it", () => {
    const move = new Move(name, change);
    let document = move.run();
    for (let round = 0; !document.complete && round < ids.length; round++) {
      act(move, document, document.next[0]!);
      document = move.run();
    }
    const { assignments } = move.azure;
    const [row] = move.plan.review.grants;
    const { exports } = move.world;
    const lost = assignments.find(({ id }) =>
      isGranted(
        row!,
        { ...exports, assignments: exports.assignments!.filter((one) => one.id === id) },
        move.plan,
      ),
    );
    move.azure.assignments = assignments.filter((one) => one !== lost);
    const again = move.run();
    expect(again.complete).toBe(false);
    expect(again.next).toEqual([expect.stringMatching(/^(identity|network)-grants$/)]);
    expect(OLD_GRANTS.map((id) => stateIn(again, id))).toEqual(["later", "later"]);
  });

  test("has a ticket and scripts for each team, which bash and shellcheck understand", () => {
    const move = new Move(name, change);
    const document = move.run();
    const files = moveFiles(document, move.plan, move.world);
    for (const [file, text] of files.filter(([one]) => one.endsWith(".sh"))) {
      expect([file, checkedByBash(text)]).toEqual([file, ""]);
    }
    for (const team of ["identity", "network", "platform"] as const) {
      const ticket = renderTicket(document, move.plan, team);
      const own = document.steps.filter((one) => one.team === team);
      expect(ticket.match(/^## \d+\. /gm) ?? []).toHaveLength(own.length);
    }
  });
});

describe("a step", () => {
  /** A move of a service principal up to a step, and what the next run says. */
  const upTo = (last: string, change = {}) => {
    const move = new Move("service-principal", change);
    let document = move.run();
    for (let round = 0; round < 12 && document.next[0] !== last; round++) {
      act(move, document, document.next[0]!);
      document = move.run();
    }
    return { move, document };
  };
  const evidence = ({ steps }: MoveDocument, id: string) =>
    steps.find((one) => one.id === id)!.evidence;

  test("of grants is not done without role assignments in the exports, or with another condition", () => {
    const { move } = upTo("control-plane");
    expect(stateIn(move.run(), "identity-grants")).toBe("done");
    move.azure.assignments = move.azure.assignments.map((one) => ({ ...one, condition: "false" }));
    expect(stateIn(move.run(), "identity-grants")).toBe("next");
    move.azure.assignments = [];
    expect(evidence(move.run(), "identity-grants")).toContain("have no role assignments");
  });

  test("is not done while Azure is at work", () => {
    const { move } = upTo("made-kubelet-pull");
    expect(stateIn(move.run(), "control-plane")).toBe("done");
    move.azure.cluster.provisioningState = "Updating";
    const document = move.run();
    expect(stateIn(document, "control-plane")).toBe("next");
    expect(document.doubts.join()).toContain("in the state Updating");
  });

  test("of node images is done when each pool has another one than right before the switch", () => {
    const { move } = upTo("control-plane");
    const [first, second] = move.azure.pools;
    // An upgrade before the switch proves nothing.
    first!.nodeImageVersion = "before";
    second!.nodeImageVersion = "before";
    for (const id of ["control-plane", "made-kubelet-pull", "kubelet"]) {
      const document = move.run();
      expect(document.next).toEqual([id]);
      act(move, document, id);
    }
    first!.nodeImageVersion = "after";
    second!.nodeImageVersion = "before";
    expect([evidence(move.run(), "node-images"), move.run().next]).toEqual([
      "Node image as before the switch: apps.",
      ["node-images"],
    ]);
    second!.nodeImageVersion = "after";
    expect(move.run().next).toEqual(["terraform-plan"]);
  });

  test("of the kubelet identity waits until the one that AKS makes can pull", () => {
    const { move } = upTo("made-kubelet-pull");
    const before = move.run();
    expect([before.next, before.made?.name]).toEqual([["made-kubelet-pull"], "legacy-agentpool"]);
    expect(before.doubts.join()).toContain("cannot pull from registries now");
    expect(evidence(before, "made-kubelet-pull")).toBe(
      "legacy-agentpool cannot pull from sharedregistry.",
    );
    act(move, before, "made-kubelet-pull");
    const granted = move.run();
    expect(granted.next).toEqual(["kubelet"]);
    expect(granted.doubts.join()).not.toContain("cannot pull");
    // Its right goes at the end, though later exports do not show that the nodes had it.
    const { principalId } = before.made!;
    act(move, granted, "kubelet");
    expect(oldGrants(move.world.exports, move.plan)).toContainEqual(
      expect.objectContaining({ principalId, principal: "legacy-agentpool", team: "identity" }),
    );
    // Nor is it waited for where the nodes have another identity.
    const { move: other } = upTo("made-kubelet-pull");
    const { kubeletidentity } = other.azure.cluster.identityProfile!;
    kubeletidentity!.resourceId = `${other.plan.kubelet.id}-2`;
    expect(other.run().next).toEqual(["kubelet"]);
    // Without registries there is nothing to pull.
    const none = new Move("service-principal", { registries: [] }).run();
    expect([stateIn(none, "made-kubelet-pull"), none.doubts.join()]).toEqual([
      undefined,
      expect.not.stringContaining("cannot pull"),
    ]);
  });

  test("knows the kubelet identity that AKS made after the nodes have another one", () => {
    const { move } = upTo("control-plane");
    act(move, move.run(), "control-plane");
    move.do(move.run().steps.find(({ id }) => id === "made-kubelet-pull")!.commands);
    const late = new Move("service-principal");
    late.run();
    late.azure = move.azure;
    late.do(
      late.plan.way === "service-principal"
        ? late.run().steps.find(({ id }) => id === "kubelet")!.commands
        : [],
    );
    expect(late.run().made).toMatchObject({ name: "legacy-agentpool", kind: "madeByAks" });
  });

  test.each([
    ["control-plane-tokens", "system-assigned", "kubelet"],
    ["old-tokens", "kubelet-made", "identity-old-grants"],
  ])("%s waits for 24 hours, and again if the switch is undone", (id, name, after) => {
    const move = new Move(name);
    let document = move.run();
    for (let round = 0; round < 12 && document.next[0] !== id; round++) {
      act(move, document, document.next[0]!);
      document = move.run();
    }
    expect(evidence(document, id)).toMatch(/^Tokens of the old identity last until 20.* UTC\.$/);
    move.now = new Date(move.now.getTime() + 23.9 * 3_600_000);
    expect(move.run().next).toEqual([id]);
    move.now = new Date(move.now.getTime() + 0.2 * 3_600_000);
    expect(move.run().next).toContain(after);
    const { identity, identityProfile } = move.azure.cluster;
    Object.assign(move.azure.cluster, new Move(name).azure.cluster);
    expect(evidence(move.run(), id)).toBe("The exports do not show the switch yet.");
    Object.assign(move.azure.cluster, { identity, identityProfile });
    expect(move.run().next).toEqual([id]);
  });

  test("names no identity that the exports do not have", () => {
    const move = new Move("system-assigned");
    move.azure.cluster.identityProfile = null;
    expect(evidence(move.run(), "kubelet")).toBe("The exports do not show the kubelet identity.");
    expect(evidence(new Move("system-assigned").run(), "kubelet")).toContain(
      "The nodes work with ",
    );
  });

  test.each([
    ["another cluster", (log: string) => log.replaceAll('/legacy"', '/other"'), "has not read"],
    ["a change", (log: string) => log.replace('"change":0', '"change":1'), "changes 1 resource"],
    ["no end", (log: string) => log.replace(/^.*change_summary.*$/m, "").trim(), "is cut off"],
    [
      "the warning",
      (log: string) =>
        `${log}${JSON.stringify({ type: "diagnostic", diagnostic: { summary: "Check block assertion failed", detail: "not as the kubelet identity" } })}`,
      "Check block assertion failed",
    ],
  ])("of a Terraform plan is not done with %s", (_, change, text) => {
    const { move } = upTo("terraform-plan");
    const log = planLog(move.azure, move.plan.kubelet.id);
    move.log = change(log);
    expect(evidence(move.run(), "terraform-plan")).toContain(text);
    expect(stateIn(move.run(), "terraform-plan")).toBe("next");
    move.log = log;
    expect(stateIn(move.run(), "terraform-plan")).toBe("done");
  });

  test("of old grants leaves a principal alone that az could not look up", () => {
    const { move } = upTo("identity-old-grants");
    const { exports } = move.world;
    const [old] = oldGrants(exports, move.plan);
    const scope = `/subscriptions/${move.plan.cluster.subscriptionId}/resourceGroups/${move.plan.cluster.resourceGroup}`;
    const person = "77777777-0000-4000-8000-0000000000ee";
    const unknown = { ...old!, id: `${old!.id}-2`, scope, principalId: person, principalName: "" };
    const found = oldGrants({ ...exports, assignments: [old!, unknown] }, move.plan);
    expect(found.map(({ principalId }) => principalId)).toEqual([old!.principalId]);
  });

  test("of old grants is not done where exports are missing, or prove nothing", () => {
    const { move } = upTo("identity-old-grants");
    const all = move.azure.assignments;
    const { principalId = "" } = move.plan.start.controlPlane;
    move.azure.assignments = [];
    expect(OLD_GRANTS.map((id) => stateIn(move.run(), id))).toEqual(["later", "later"]);
    // As an export that lists the identities of today alone.
    move.azure.assignments = all.filter((one) => one.principalId !== principalId);
    const { world, plan } = move;
    const states = (records: World["records"]) => {
      const document = documentOf({ ...world, records }, plan);
      return [stateIn(document, "network-old-grants"), evidence(document, "network-old-grants")];
    };
    expect(states(world.records)).toEqual(["done", "The exports have none."]);
    expect(states(undefined)).toEqual(["next", expect.stringContaining("do not prove that")]);
    const [one] = all.filter((each) => each.principalId === principalId);
    const left = world.records!.map((record) => ({ ...record, assignments: [one!.id] }));
    expect(states(left)).toEqual([
      "next",
      expect.stringContaining("still has the role assignment"),
    ]);
  });

  test("of the application is done when it is deleted, and not when its export is missing", () => {
    const { move, document } = upTo("application");
    const found = move.azure.applications;
    move.azure.applications = [];
    expect(stateIn(move.run(), "application")).toBe("next");
    move.azure.applications = found;
    act(move, document, "application");
    expect(move.run().complete).toBe(true);
  });

  test("that az needs is there with minimal roles alone, and tells why", () => {
    const { document } = upTo("az-role", MINIMAL);
    const step = document.steps.find(({ id }) => id === "az-role")!;
    expect(step.effect).toContain("looks for this role by its GUID");
    expect(step.commands.join("\n")).toContain("--role f1a07417-d97a-45cb-824c-7a7467783830");
    expect(stateIn(upTo("control-plane").document, "az-role")).toBeUndefined();
  });

  test("is doubted when an old right is gone before the switch", () => {
    const { move, document } = upTo("control-plane");
    expect(document.doubts).toEqual([
      expect.stringContaining("The secret of legacy-aks ends on"),
      expect.stringContaining(
        "AKS makes a kubelet identity, which has no rights yet: nodes that are new",
      ),
      expect.stringMatching(
        /^legacy-aks can pull from all registries in a scope: it has Contributor on \S+legacy-rg\. legacy-kubelet-mi can pull from sharedregistry alone\./,
      ),
    ]);
    move.azure.assignments = move.azure.assignments.filter(
      ({ principalId }) => principalId !== "77777777-0000-4000-8000-000000000001",
    );
    expect(move.run().doubts.join()).toContain("no longer exist, and the cluster may still work");
  });

  test("is doubted when an old right is gone before the nodes have switched and tokens have ended", () => {
    const { move } = upTo("old-tokens");
    const isDoubted = () => move.run().doubts.some((one) => one.includes("no longer exists"));
    expect(isDoubted()).toBe(false);
    const lost = move.azure.assignments.find(
      ({ principalId, scope }) =>
        principalId === "77777777-0000-4000-8000-000000000001" && scope.endsWith("registry"),
    )!;
    move.azure.assignments = move.azure.assignments.filter((one) => one !== lost);
    expect(isDoubted()).toBe(true);
    move.wait();
    expect(isDoubted()).toBe(false);
  });

  test("of old grants wants the object id of the service principal, which later exports may have", () => {
    const move = new Move("service-principal");
    const { principalId = "", clientId = "" } = move.plan.start.controlPlane;
    move.azure.assignments = move.azure.assignments.map((one) => ({ ...one, principalName: "" }));
    let document = move.run();
    expect(document.doubts.join()).toContain("do not tell the object id of legacy-aks");
    for (let round = 0; round < 12 && document.next[0] !== "identity-old-grants"; round++) {
      act(move, document, document.next[0]!);
      document = move.run();
    }
    // Those of the kubelet identity that AKS made are gone.
    const { principalId: made } = document.made!;
    move.azure.assignments = move.azure.assignments.filter((one) => one.principalId !== made);
    document = move.run();
    expect(OLD_GRANTS.map((id) => stateIn(document, id))).toEqual(["next", "next"]);
    expect(evidence(document, "network-old-grants")).toContain("do not tell the object id");
    move.azure.rest["service-principal.json"] = {
      ...{ appId: clientId, id: principalId, displayName: "legacy-aks" },
      ...{ servicePrincipalType: "Application", passwordCredentials: [], keyCredentials: [] },
    };
    document = move.run();
    expect(evidence(document, "network-old-grants")).toContain("Network Contributor of legacy-aks");
    for (const id of [...OLD_GRANTS, "application"]) {
      act(move, move.run(), id);
    }
    expect(move.run().complete).toBe(true);
  });

  test("tells that a service principal may be gone already", () => {
    const { move } = upTo("made-kubelet-pull");
    const late = new Move("service-principal");
    late.azure = move.azure;
    const document = late.run();
    const doubt = () => late.run().doubts.find((one) => one.includes("this move does not know it"));
    expect([document.way, doubt()]).toEqual([
      "kubelet",
      expect.stringMatching(
        /^The exports show no right of legacy-agentpool to pull from sharedregistry\. .* The exports have the application legacy-aks\. /,
      ),
    ]);
    late.do(move.run().steps.find(({ id }) => id === "made-kubelet-pull")!.commands);
    expect(doubt()).toMatch(/^The exports have the application legacy-aks\. /);
    late.azure.applications = [];
    expect(doubt()).toBeUndefined();
    for (const name of ["kubelet-made", "system-assigned", "brought"]) {
      expect(new Move(name).run().doubts.join()).not.toContain("this move does not know it");
    }
  });

  test("of grants says which subscriptions the exports do not have, and knows an empty one", () => {
    const other = "66666666-6666-4666-8666-666666666666";
    const registry = { name: "far", resourceGroup: "registry-rg", subscriptionId: other };
    const move = new Move("brought", { registries: [registry] });
    const text = `The exports have no role assignments of the subscription ${other}.`;
    expect(evidence(move.run(), "identity-grants")).toContain(text);
    move.azure.rest["far.json"] = { subscription: other, value: [] };
    expect(evidence(move.run(), "identity-grants")).toContain("assignments are missing");
    expect(evidence(move.run(), "identity-grants")).not.toContain(text);
  });
});

describe("the ways that are asked for", () => {
  test("blue-green wants another cluster, and confirmations", () => {
    const move = new Move("brought", { name: "billing-2" }, "blue-green");
    let document = move.run();
    expect(document.steps.map(({ id }) => id)).toEqual([
      ...["identities", ...GRANTS, "new-cluster", "federated-credentials", "traffic"],
      ...["old-cluster", ...OLD_GRANTS],
    ]);
    move.grant("identity");
    move.grant("network");
    expect(move.run().next).toEqual(["new-cluster"]);
    const log = planLog(move.azure, move.plan.kubelet.id);
    move.log = log;
    expect(move.run().next).toEqual(["new-cluster"]);
    move.log = log.replaceAll('/billing"', '/billing-2"');
    expect(move.run().next).toEqual(["federated-credentials"]);
    expect(move.run(["federated-credentials"]).next).toEqual(["traffic"]);
    expect(move.run(["traffic"]).next).toEqual(["old-cluster"]);
    document = move.run(["old-cluster"]);
    expect(document.complete).toBe(true);
  });

  test("recreate tells the new cluster from the old one", () => {
    const move = new Move("kubelet-made", {}, "recreate");
    let document = move.run();
    for (const id of ["identities", ...GRANTS]) {
      act(move, document, id);
      document = move.run();
    }
    expect(document.next).toEqual(["backup"]);
    expect(document.steps.find(({ id }) => id === "backup")!.evidence).toBe(
      "No file shows it. Once it is done: hardened-aks move --confirm backup, with --from and the folder of the exports.",
    );
    expect(move.run(["backup"]).next).toEqual(["recreate"]);
    const [, kubelet] = move.azure.identities;
    const made = {
      ...{ clientId: kubelet!.clientId, objectId: kubelet!.principalId, resourceId: kubelet!.id },
    };
    move.azure.cluster.identityProfile = { kubeletidentity: made };
    expect(move.run().next).toEqual(["recreate"]);
    move.azure.cluster.resourceUid = "another";
    expect(move.run().next).toEqual(["federated-credentials"]);
  });
});

describe("the command", () => {
  const run = async (folder: string, ...args: string[]) => {
    const out: string[] = [];
    const io = {
      stdout: (text: string) => void out.push(text),
      stderr: (text: string) => void out.push(text),
      colours: false,
    };
    const config = join(folder, "haks.yaml");
    const status = await main(
      ["move", "--config", config, "--out", join(folder, "move"), ...args],
      io,
    );
    return { status, text: out.join("") };
  };
  const described = (folder: string, name: string, change = {}) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "haks.yaml"), JSON.stringify(descriptionFor(name, change)));
    return ["--from", exportsOf(name)];
  };
  const inFolder = async (work: (folder: string) => Promise<void>) => {
    let pending = Promise.resolve();
    inScratch((folder) => {
      pending = Promise.resolve(`${folder}-move`).then(work);
    });
    await pending;
  };

  test("prints the steps, writes the files, and takes its own folder again", async () => {
    await inFolder(async (folder) => {
      const from = described(folder, "service-principal");
      const first = await run(folder, ...from);
      expect([first.status, first.text]).toEqual([
        0,
        expect.stringContaining("  next  identity team identities"),
      ]);
      // Each command that leads on has the same description and folder.
      const out = join(folder, "move");
      const command = `hardened-aks move --config ${join(folder, "haks.yaml")} --out ${out}`;
      expect(first.text).toContain(
        `  bash ${join(out, "export.sh")} NEW_FOLDER\n  ${command} --from NEW_FOLDER\n`,
      );
      expect(textOf(out, "export.sh")).toContain(`"$folder" '${command}' "$folder"`);
      expect(textOf(out, "platform.md")).toContain(`${command} --from exports-2`);
      const again = await run(folder, ...from, "--json");
      expect(JSON.parse(again.text)).toMatchObject({
        way: "service-principal",
        next: ["identities"],
      });
    });
  });

  test("refuses another description, another cluster in the folder, and an edited document", async () => {
    await inFolder(async (folder) => {
      const from = described(folder, "service-principal");
      await run(folder, ...from);
      const other = described(folder, "brought");
      expect((await run(folder, ...from)).text).toContain("HAKS-MOVE-001");
      expect((await run(folder, ...other)).text).toContain("HAKS-MOVE-002");
      writeFileSync(join(folder, "move", "move.json"), '{"version":1,"way":"$(touch x)"}');
      expect((await run(folder, ...other)).text).toContain("HAKS-MOVE-002");
    });
  });

  test("refuses blue-green with the same cluster, unknown confirmations and ways", async () => {
    await inFolder(async (folder) => {
      const from = described(folder, "brought");
      expect((await run(folder, ...from, "--way", "blue-green")).text).toContain("HAKS-MOVE-001");
      const unknown = await run(folder, ...from, "--confirm", "kubelet");
      expect([unknown.status, unknown.text]).toEqual([
        2,
        expect.stringContaining("files in the folder of the exports show every step"),
      ]);
      expect(await run(folder, ...from, "--way", "sideways")).toMatchObject({ status: 2 });
      expect((await run(folder, ...from, "--way", "system-assigned")).text).toContain(
        "works with the identities of the description",
      );
      expect(await run(folder, ...from)).toMatchObject({ status: 0 });
    });
  });

  test("reads the files beside the exports, and refuses others in their place", () => {
    inScratch((folder) => {
      expect([readPlanLog(folder), readRecords(folder)]).toEqual([undefined, undefined]);
      const records = join(folder, "old-grants.jsonl");
      const record = { principalId: "a", subscriptionId: "b", assignments: [] };
      writeFileSync(records, `${JSON.stringify(record)}\n`);
      expect(readRecords(folder)).toEqual([record]);
      writeFileSync(records, JSON.stringify({ ...record, assignments: "none" }));
      expect(() => readRecords(folder)).toThrow(FindingsError);
      writeFileSync(join(folder, "plan.jsonl"), "No changes.\n");
      expect(() => readPlanLog(folder)).toThrow(FindingsError);
      const { azure, plan } = new Move("brought");
      writeFileSync(join(folder, "plan.jsonl"), planLog(azure, plan.kubelet.id));
      expect(readPlanLog(folder)).toMatchObject({ changes: 0, diagnostics: [] });
    });
  });

  test.each([
    "start.controlPlane.principalId",
    "start.kubelet.id",
    "start.uid",
    "start.controlPlane.clientId",
    "made.principalId",
    "seen.kubelet",
  ])("refuses a document whose %s is no id", (path) => {
    inScratch((folder) => {
      const move = new Move("brought");
      const made = {
        kind: "madeByAks",
        name: "made",
        principalId: move.plan.kubelet.subscriptionId,
      };
      const document = structuredClone({ ...move.run(), made }) as unknown as {
        [part: string]: never;
      };
      const { exports } = move.world;
      const file = join(folder, "move.json");
      writeFileSync(file, JSON.stringify(document));
      expect(readMemory(folder, exports)).toMatchObject({
        ...{ way: "brought", made },
        seen: { kubelet: move.now.toISOString() },
      });
      const parts = path.split(".");
      const last = parts.pop()!;
      const parent = parts.reduce<{ [part: string]: never }>(
        (value, part) => value[part]!,
        document,
      );
      parent[last] = "$(touch x)" as never;
      writeFileSync(file, JSON.stringify(document));
      expect(() => readMemory(folder, exports)).toThrow("HAKS-MOVE-002");
    });
  });

  test("has names for all ways", () => {
    expect(new Set([...MOVES.map(([way]) => way), "blue-green", "recreate"])).toEqual(
      new Set([...WAYS, "brought"]),
    );
  });
});
